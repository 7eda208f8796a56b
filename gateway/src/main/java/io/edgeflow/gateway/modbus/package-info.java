/**
 * Polls Modbus devices: planned blocks of registers in, decoded readings out; and writes to them,
 * over the same connections.
 *
 * <p>The decisions ({@link io.edgeflow.gateway.modbus.BlockPlan}, {@link
 * io.edgeflow.gateway.modbus.RegisterDecoder}, {@link io.edgeflow.gateway.modbus.PollSchedule},
 * {@link io.edgeflow.gateway.modbus.Backoff}) are pure; PLC4X stays behind {@link
 * io.edgeflow.gateway.modbus.RegisterSource}.
 */
@NullMarked
package io.edgeflow.gateway.modbus;

import org.jspecify.annotations.NullMarked;
