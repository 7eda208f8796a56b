/**
 * Lines to Modbus units over TCP, RTU over TCP and serial ports: the adapter of {@link
 * io.edgeflow.gateway.modbus.ModbusLine}. Messages are made and parsed by PLC4X, serial ports
 * opened by jSerialComm; connections, frames and time-outs are kept here.
 */
@NullMarked
package io.edgeflow.gateway.modbus.line;

import org.jspecify.annotations.NullMarked;
