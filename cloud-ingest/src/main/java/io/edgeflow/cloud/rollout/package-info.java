/**
 * Decides how a bundle spreads over the fleet. Pure: values in, values out; no I/O, no clock, no
 * threads. Whoever steps it keeps the {@link io.edgeflow.cloud.rollout.RolloutState}, carries out
 * the orders and comes back with what the edges report.
 */
@NullMarked
package io.edgeflow.cloud.rollout;

import org.jspecify.annotations.NullMarked;
