/**
 * Windows: what a series did in a stretch of time, and the windower that fills them (W1-W4, T3,
 * T4).
 */
@NullMarked
package io.edgeflow.aggregator.window;

import org.jspecify.annotations.NullMarked;
