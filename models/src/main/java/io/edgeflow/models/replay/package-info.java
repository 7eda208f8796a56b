/** Bundles run over readings of the past. */
@NullMarked
package io.edgeflow.models.replay;

import org.jspecify.annotations.NullMarked;
