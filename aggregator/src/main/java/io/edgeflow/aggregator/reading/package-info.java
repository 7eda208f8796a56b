/** Readings: what they are called, what kind and how good they are. */
@NullMarked
package io.edgeflow.aggregator.reading;

import org.jspecify.annotations.NullMarked;
