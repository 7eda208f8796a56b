package io.edgeflow.gateway.modbus;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.plc4x.java.modbus.readwrite.ModbusErrorCode;
import org.apache.plc4x.java.modbus.readwrite.ModbusPDU;
import org.apache.plc4x.java.modbus.readwrite.ModbusPDUError;
import org.apache.plc4x.java.modbus.readwrite.ModbusPDUReadCoilsRequest;
import org.apache.plc4x.java.modbus.readwrite.ModbusPDUReadCoilsResponse;
import org.apache.plc4x.java.modbus.readwrite.ModbusPDUReadHoldingRegistersRequest;
import org.apache.plc4x.java.modbus.readwrite.ModbusPDUReadHoldingRegistersResponse;
import org.apache.plc4x.java.modbus.readwrite.ModbusPDUWriteMultipleHoldingRegistersRequest;
import org.apache.plc4x.java.modbus.readwrite.ModbusPDUWriteMultipleHoldingRegistersResponse;
import org.apache.plc4x.java.modbus.readwrite.ModbusPDUWriteSingleCoilRequest;
import org.apache.plc4x.java.modbus.readwrite.ModbusPDUWriteSingleCoilResponse;
import org.apache.plc4x.java.modbus.readwrite.ModbusPDUWriteSingleRegisterRequest;
import org.apache.plc4x.java.modbus.readwrite.ModbusPDUWriteSingleRegisterResponse;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a write and of its read-back. PLC4X's own write requests choose functions that
 * small devices do not have (15 for a single coil), and do not tell the exception code. Pure.
 */
final class RegisterWriter {
  private static final int COIL_ON = 0xFF00;

  private RegisterWriter() {}

  static ModbusPDU request(RegisterWrite write) {
    return switch (write) {
      case RegisterWrite.Coil(int address, boolean on) ->
          new ModbusPDUWriteSingleCoilRequest(address, on ? COIL_ON : 0);
      case RegisterWrite.Holding(int address, List<Integer> registers) ->
          registers.size() == 1
              ? new ModbusPDUWriteSingleRegisterRequest(address, registers.getFirst())
              : new ModbusPDUWriteMultipleHoldingRegistersRequest(
                  address, registers.size(), bytes(registers));
    };
  }

  private static byte[] bytes(List<Integer> registers) {
    ByteBuffer bytes = ByteBuffer.allocate(2 * registers.size());
    registers.forEach(register -> bytes.putShort(register.shortValue()));
    return bytes.array();
  }

  /** What the answer to a write says, before anything is read back. */
  static WriteResult written(RegisterWrite write, ModbusPDU answer) {
    boolean confirmed =
        switch (answer) {
          case ModbusPDUWriteSingleCoilResponse coil ->
              write instanceof RegisterWrite.Coil(int address, boolean on)
                  && coil.getAddress() == address
                  && coil.getValue() == (on ? COIL_ON : 0);
          case ModbusPDUWriteSingleRegisterResponse one ->
              write instanceof RegisterWrite.Holding(int address, List<Integer> registers)
                  && one.getAddress() == address
                  && one.getValue() == registers.getFirst();
          case ModbusPDUWriteMultipleHoldingRegistersResponse many ->
              write instanceof RegisterWrite.Holding(int address, List<Integer> registers)
                  && many.getStartingAddress() == address
                  && many.getQuantity() == registers.size();
          default -> false;
        };
    return confirmed ? new WriteResult.Written("") : refused(answer);
  }

  private static WriteResult refused(ModbusPDU answer) {
    return answer instanceof ModbusPDUError error
        ? new WriteResult.DeviceError(code(error.getExceptionCode()))
        : new WriteResult.WrongAnswer();
  }

  private static int code(@Nullable ModbusErrorCode code) {
    return code == null ? 0 : code.getValue();
  }

  /** Asks for what was written. */
  static ModbusPDU readBack(RegisterWrite write) {
    return switch (write) {
      case RegisterWrite.Coil(int address, boolean _) -> new ModbusPDUReadCoilsRequest(address, 1);
      case RegisterWrite.Holding(int address, List<Integer> registers) ->
          new ModbusPDUReadHoldingRegistersRequest(address, registers.size());
    };
  }

  /** Holds what was read back against what was written. */
  static WriteResult compared(RegisterWrite write, ModbusPDU answer) {
    RegisterWrite found =
        switch (answer) {
          case ModbusPDUReadCoilsResponse coils when coils.getValue().length == 1 ->
              new RegisterWrite.Coil(write.address(), (coils.getValue()[0] & 1) == 1);
          case ModbusPDUReadHoldingRegistersResponse holding
              when holding.getValue().length > 0 && holding.getValue().length % 2 == 0 ->
              new RegisterWrite.Holding(write.address(), registers(holding.getValue()));
          default -> null;
        };
    if (found == null) {
      return refused(answer);
    }
    return found.equals(write)
        ? new WriteResult.Written(found.words())
        : new WriteResult.Differs(found.words());
  }

  private static List<Integer> registers(byte[] bytes) {
    List<Integer> registers = new ArrayList<>();
    ByteBuffer all = ByteBuffer.wrap(bytes);
    while (all.hasRemaining()) {
      registers.add(all.getShort() & 0xFFFF);
    }
    return registers;
  }
}
