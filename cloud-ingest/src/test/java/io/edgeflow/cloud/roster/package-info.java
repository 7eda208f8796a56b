@NullMarked
package io.edgeflow.cloud.roster;

import org.jspecify.annotations.NullMarked;
