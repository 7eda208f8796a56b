/**
 * Keeps a bad model from harming anything but itself: time-outs, a circuit breaker, a process of
 * its own, and a memory of those that killed the process.
 */
@NullMarked
package io.edgeflow.inference.guard;

import org.jspecify.annotations.NullMarked;
