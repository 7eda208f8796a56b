@NullMarked
package io.edgeflow.cloud.registry;

import org.jspecify.annotations.NullMarked;
