/**
 * Keeps hours and days of windows: takes what the writers marked as touched, rolls it up, and moves
 * the horizon behind which there are no minutes (Q1).
 */
@NullMarked
package io.edgeflow.cloud.rollup;

import org.jspecify.annotations.NullMarked;
