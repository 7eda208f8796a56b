package io.edgeflow.gateway.doctor;

import io.edgeflow.gateway.modbus.ModbusBus;
import io.edgeflow.gateway.modbus.line.LineSettings;

/**
 * A line of a configuration: how it is spoken on, and the units that are polled on it.
 *
 * @param baud of the serial line, be it behind a converter
 */
public record ConfiguredLine(LineSettings settings, int baud, ModbusBus bus) {}
