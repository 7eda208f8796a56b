/** Frames, hellos and presences in from the broker; acknowledgements out. */
@NullMarked
package io.edgeflow.cloud.intake;

import org.jspecify.annotations.NullMarked;
