package io.edgeflow.lab.sim;

import io.edgeflow.gateway.modbus.RegisterPoint;

/**
 * One value in a simulated Modbus slave.
 *
 * @param unitId the unit that holds it
 * @param name the point's name below its device
 * @param at where it lies and how it is encoded
 */
public record SlavePoint(int unitId, String name, RegisterPoint at, String unit, Signal signal) {}
