/** A pump that never was, whose faults are known: what models are measured with. */
@NullMarked
package io.edgeflow.models.pump;

import org.jspecify.annotations.NullMarked;
