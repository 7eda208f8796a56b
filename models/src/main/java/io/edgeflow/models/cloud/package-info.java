/** Readings of the past, from a running cloud. */
@NullMarked
package io.edgeflow.models.cloud;

import org.jspecify.annotations.NullMarked;
