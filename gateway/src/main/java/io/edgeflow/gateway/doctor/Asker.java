package io.edgeflow.gateway.doctor;

import io.edgeflow.gateway.modbus.ModbusLine;
import io.edgeflow.gateway.modbus.PollResult;
import io.edgeflow.gateway.modbus.RegisterBlock;
import io.edgeflow.gateway.modbus.RegisterTable;
import java.util.List;

/** Asks a line, with a watch in the hand. One thread. */
final class Asker {
  private final ModbusLine line;

  Asker(ModbusLine line) {
    this.line = line;
  }

  /** What came, and after how long. */
  record Asked(PollResult result, long nanos) {
    boolean isAnswered() {
      return result instanceof PollResult.Values || result instanceof PollResult.DeviceError;
    }

    /** The exception that came; 0 if none did. */
    int exception() {
      return result instanceof PollResult.DeviceError(int code) ? code : 0;
    }
  }

  Asked ask(int unit, RegisterTable table, int address, int count) throws InterruptedException {
    var block = new RegisterBlock(table, address, count, List.of());
    long begun = System.nanoTime();
    PollResult result = line.read(unit, block);
    return new Asked(result, System.nanoTime() - begun);
  }
}
