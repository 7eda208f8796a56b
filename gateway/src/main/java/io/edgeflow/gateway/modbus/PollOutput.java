package io.edgeflow.gateway.modbus;

import io.edgeflow.gateway.capture.Intake;

/**
 * Where what was polled goes.
 *
 * @param intake the way into the journal
 * @param local the gateway's broker, for listeners on the plant floor
 */
public record PollOutput(
    Intake intake, LocalPublisher local, ModbusFaults faults, ModbusCounters counters) {}
