/**
 * Turns readings into rows that a model takes. Driven by the times of readings alone, never by a
 * clock: the same readings in the same order give the same rows, at the edge, in a test and in a
 * back-test. Nothing is allocated for a reading.
 */
@NullMarked
package io.edgeflow.inference.prepare;

import org.jspecify.annotations.NullMarked;
