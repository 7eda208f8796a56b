/** Readings in, windows out: pure, without clock, I/O, threads or library. */
@NullMarked
package io.edgeflow.aggregator;

import org.jspecify.annotations.NullMarked;
