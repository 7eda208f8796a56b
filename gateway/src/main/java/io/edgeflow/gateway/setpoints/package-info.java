/**
 * Sets Modbus points at the word of a client of the local broker: what may be set, by whom, within
 * which bounds, and what became of it.
 */
@NullMarked
package io.edgeflow.gateway.setpoints;

import org.jspecify.annotations.NullMarked;
