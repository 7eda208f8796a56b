/** Benchmarks: each prints both sides of a ratio, taken in one run on one machine. */
@NullMarked
package io.edgeflow.lab.bench;

import org.jspecify.annotations.NullMarked;
