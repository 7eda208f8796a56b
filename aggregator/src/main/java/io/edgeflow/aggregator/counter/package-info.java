/** Counters that begin again: from what a device says to a running total (W4). */
@NullMarked
package io.edgeflow.aggregator.counter;

import org.jspecify.annotations.NullMarked;
