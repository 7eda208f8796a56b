/**
 * Named places where models score: one serves, another may be loaded beside it, prove itself and
 * run in its shadow, and they change places between two rows.
 */
@NullMarked
package io.edgeflow.inference.slot;

import org.jspecify.annotations.NullMarked;
