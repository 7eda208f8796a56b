package io.edgeflow.gateway.modbus.line;

import io.edgeflow.gateway.modbus.PollResult;
import io.edgeflow.gateway.modbus.RegisterBlock;
import io.edgeflow.gateway.modbus.RegisterTable;
import io.edgeflow.gateway.modbus.RegisterWrite;
import io.edgeflow.gateway.modbus.Registers;
import io.edgeflow.gateway.modbus.WriteResult;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.plc4x.java.modbus.readwrite.ModbusErrorCode;
import org.apache.plc4x.java.modbus.readwrite.ModbusPDU;
import org.apache.plc4x.java.modbus.readwrite.ModbusPDUError;
import org.apache.plc4x.java.modbus.readwrite.ModbusPDUReadCoilsRequest;
import org.apache.plc4x.java.modbus.readwrite.ModbusPDUReadCoilsResponse;
import org.apache.plc4x.java.modbus.readwrite.ModbusPDUReadDiscreteInputsRequest;
import org.apache.plc4x.java.modbus.readwrite.ModbusPDUReadDiscreteInputsResponse;
import org.apache.plc4x.java.modbus.readwrite.ModbusPDUReadHoldingRegistersRequest;
import org.apache.plc4x.java.modbus.readwrite.ModbusPDUReadHoldingRegistersResponse;
import org.apache.plc4x.java.modbus.readwrite.ModbusPDUReadInputRegistersRequest;
import org.apache.plc4x.java.modbus.readwrite.ModbusPDUReadInputRegistersResponse;
import org.apache.plc4x.java.modbus.readwrite.ModbusPDUWriteMultipleCoilsRequest;
import org.apache.plc4x.java.modbus.readwrite.ModbusPDUWriteMultipleCoilsResponse;
import org.apache.plc4x.java.modbus.readwrite.ModbusPDUWriteMultipleHoldingRegistersRequest;
import org.apache.plc4x.java.modbus.readwrite.ModbusPDUWriteMultipleHoldingRegistersResponse;
import org.apache.plc4x.java.modbus.readwrite.ModbusPDUWriteSingleCoilRequest;
import org.apache.plc4x.java.modbus.readwrite.ModbusPDUWriteSingleCoilResponse;
import org.apache.plc4x.java.modbus.readwrite.ModbusPDUWriteSingleRegisterRequest;
import org.apache.plc4x.java.modbus.readwrite.ModbusPDUWriteSingleRegisterResponse;
import org.jspecify.annotations.Nullable;

/**
 * The messages of reads, writes and read-backs, and what their answers mean. A single coil or
 * register is written with the function for one: small devices have no other. Pure.
 */
final class Requests {
  private static final int COIL_ON = 0xFF00;

  private Requests() {}

  static ModbusPDU read(RegisterBlock block) {
    return switch (block.table()) {
      case COIL -> new ModbusPDUReadCoilsRequest(block.start(), block.count());
      case DISCRETE -> new ModbusPDUReadDiscreteInputsRequest(block.start(), block.count());
      case HOLDING -> new ModbusPDUReadHoldingRegistersRequest(block.start(), block.count());
      case INPUT -> new ModbusPDUReadInputRegistersRequest(block.start(), block.count());
    };
  }

  /** What the answer to a read of a block holds. */
  static PollResult registers(RegisterBlock block, ModbusPDU answer) {
    return switch (answer) {
      case ModbusPDUError error -> new PollResult.DeviceError(code(error.getExceptionCode()));
      case ModbusPDUReadCoilsResponse coils when block.table() == RegisterTable.COIL ->
          bits(block, coils.getValue());
      case ModbusPDUReadDiscreteInputsResponse inputs
          when block.table() == RegisterTable.DISCRETE ->
          bits(block, inputs.getValue());
      case ModbusPDUReadHoldingRegistersResponse holding
          when block.table() == RegisterTable.HOLDING ->
          words(block, holding.getValue());
      case ModbusPDUReadInputRegistersResponse input when block.table() == RegisterTable.INPUT ->
          words(block, input.getValue());
      default -> new PollResult.WrongCount(block.count(), 0);
    };
  }

  private static PollResult words(RegisterBlock block, byte[] bytes) {
    int count = block.count();
    return bytes.length == 2 * count
        ? new PollResult.Values(new Registers(bytes))
        : new PollResult.WrongCount(count, wholeRegisters(bytes.length, count));
  }

  /** A broken last register counts as missing or as too many, never as the number asked for. */
  private static int wholeRegisters(int bytes, int count) {
    return bytes < 2 * count ? bytes / 2 : (bytes + 1) / 2;
  }

  private static PollResult bits(RegisterBlock block, byte[] bytes) {
    int count = block.count();
    return bytes.length == (count + 7) / 8
        ? new PollResult.Values(Registers.ofBits(bytes, count))
        : new PollResult.WrongCount(count, 8 * bytes.length);
  }

  static ModbusPDU write(RegisterWrite write) {
    return switch (write) {
      case RegisterWrite.Coil(int address, boolean on) ->
          new ModbusPDUWriteSingleCoilRequest(address, on ? COIL_ON : 0);
      case RegisterWrite.Coils(int address, List<Boolean> on) ->
          new ModbusPDUWriteMultipleCoilsRequest(address, on.size(), bits(on));
      case RegisterWrite.Holding(int address, List<Integer> registers) ->
          registers.size() == 1
              ? new ModbusPDUWriteSingleRegisterRequest(address, registers.getFirst())
              : new ModbusPDUWriteMultipleHoldingRegistersRequest(
                  address, registers.size(), bytes(registers));
    };
  }

  private static byte[] bits(List<Boolean> on) {
    byte[] bits = new byte[(on.size() + 7) / 8];
    for (int i = 0; i < on.size(); i++) {
      bits[i / 8] |= (byte) (on.get(i) ? 1 << (i % 8) : 0);
    }
    return bits;
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
          case ModbusPDUWriteMultipleCoilsResponse coils ->
              write instanceof RegisterWrite.Coils(int address, List<Boolean> on)
                  && coils.getStartingAddress() == address
                  && coils.getQuantity() == on.size();
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
      case RegisterWrite.Coils(int address, List<Boolean> on) ->
          new ModbusPDUReadCoilsRequest(address, on.size());
      case RegisterWrite.Holding(int address, List<Integer> registers) ->
          new ModbusPDUReadHoldingRegistersRequest(address, registers.size());
    };
  }

  /** Holds what was read back against what was written. */
  static WriteResult compared(RegisterWrite write, ModbusPDU answer) {
    RegisterWrite found =
        switch (answer) {
          case ModbusPDUReadCoilsResponse coils -> coils(write, coils.getValue());
          case ModbusPDUReadHoldingRegistersResponse holding
              when write instanceof RegisterWrite.Holding(int _, List<Integer> registers)
                  && holding.getValue().length == 2 * registers.size() ->
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

  private static @Nullable RegisterWrite coils(RegisterWrite write, byte[] bits) {
    return switch (write) {
      case RegisterWrite.Coil(int address, boolean _) when bits.length == 1 ->
          new RegisterWrite.Coil(address, (bits[0] & 1) == 1);
      case RegisterWrite.Coils(int address, List<Boolean> on)
          when bits.length == (on.size() + 7) / 8 ->
          new RegisterWrite.Coils(address, coils(Registers.ofBits(bits, on.size())));
      default -> null;
    };
  }

  private static List<Boolean> coils(Registers bits) {
    return IntStream.range(0, bits.count()).mapToObj(i -> bits.at(i) == 1).toList();
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
