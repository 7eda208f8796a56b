@NullMarked
package io.edgeflow.cloud.upkeep;

import org.jspecify.annotations.NullMarked;
