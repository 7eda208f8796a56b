/** A gateway whose wall clock goes where a drill sends it. */
@NullMarked
package io.edgeflow.lab.clock;

import org.jspecify.annotations.NullMarked;
