package io.edgeflow.lab.slaves;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** The functions of Modbus over a unit's memory: a request in, its answer out. Pure but for it. */
final class UnitProtocol {
  private static final int ERROR = 0x80;
  private static final int ON = 0xFF00;
  private static final int MOST_BITS = 2_000;
  private static final int MOST_WRITTEN_BITS = 1_968;
  private static final int MOST_WRITTEN_REGISTERS = 123;
  private static final int ADDRESSES = 65_536;

  private final UnitMemory memory;
  private final Personality personality;

  UnitProtocol(UnitMemory memory, Personality personality) {
    this.memory = memory;
    this.personality = personality;
  }

  /**
   * @param request a function and its arguments, at least one byte
   */
  byte[] answer(byte[] request) {
    try {
      if (personality.exception() > 0) {
        throw new RefusedException(personality.exception());
      }
      return switch (request[0]) {
        case 1 -> bits(request, Table.COIL);
        case 2 -> bits(request, Table.DISCRETE);
        case 3 -> registers(request, Table.HOLDING);
        case 4 -> registers(request, Table.INPUT);
        case 5 -> writeCoil(request);
        case 6 -> writeRegister(request);
        case 15 -> writeCoils(request);
        case 16 -> writeRegisters(request);
        default -> throw new RefusedException(RefusedException.FUNCTION);
      };
    } catch (RefusedException refused) {
      return new byte[] {(byte) (request[0] | ERROR), (byte) refused.code()};
    }
  }

  private byte[] bits(byte[] request, Table table) throws RefusedException {
    int address = word(request, 1);
    int count = count(request, MOST_BITS);
    if (count > Short.SIZE * personality.largestBlock()) {
      throw new RefusedException(personality.blockRefusal());
    }
    byte[] answer = new byte[2 + (count + Byte.SIZE - 1) / Byte.SIZE];
    answer[0] = request[0];
    answer[1] = (byte) (answer.length - 2);
    for (int i = 0; i < count; i++) {
      if (memory.bit(table, address + i)) {
        answer[2 + i / Byte.SIZE] |= (byte) (1 << (i % Byte.SIZE));
      }
    }
    return answer;
  }

  private byte[] registers(byte[] request, Table table) throws RefusedException {
    int address = word(request, 1);
    int count = count(request, Personality.MOST_REGISTERS);
    if (count > personality.largestBlock()) {
      throw new RefusedException(personality.blockRefusal());
    }
    byte[] values =
        personality.swapped()
            ? swapped(table, address, count)
            : memory.registers(table, address, count);
    return ByteBuffer.allocate(2 + values.length)
        .put(request[0])
        .put((byte) values.length)
        .put(values)
        .array();
  }

  /** Pairs begin at even addresses, wherever the request does. */
  private byte[] swapped(Table table, int address, int count) throws RefusedException {
    int from = address & ~1;
    int end = (address + count + 1) & ~1;
    ByteBuffer pairs = ByteBuffer.wrap(memory.registers(table, from, end - from));
    for (int at = 0; at < pairs.capacity(); at += Integer.BYTES) {
      pairs.putInt(at, Integer.rotateLeft(pairs.getInt(at), Short.SIZE));
    }
    int begin = 2 * (address - from);
    return Arrays.copyOfRange(pairs.array(), begin, begin + 2 * count);
  }

  private byte[] writeCoil(byte[] request) throws RefusedException {
    int value = word(request, 3);
    if (value != 0 && value != ON) {
      throw new RefusedException(RefusedException.VALUE);
    }
    memory.writeCoil(word(request, 1), value == ON);
    return request;
  }

  private byte[] writeRegister(byte[] request) throws RefusedException {
    int address = word(request, 1);
    word(request, 3);
    memory.writeHolding(address, Arrays.copyOfRange(request, 3, 5));
    return Arrays.copyOf(request, 5);
  }

  private byte[] writeCoils(byte[] request) throws RefusedException {
    int count = count(request, MOST_WRITTEN_BITS);
    byte[] values = values(request, (count + Byte.SIZE - 1) / Byte.SIZE);
    for (int i = 0; i < count; i++) {
      boolean on = ((values[i / Byte.SIZE] >> (i % Byte.SIZE)) & 1) == 1;
      memory.writeCoil(word(request, 1) + i, on);
    }
    return Arrays.copyOf(request, 5);
  }

  private byte[] writeRegisters(byte[] request) throws RefusedException {
    int count = count(request, MOST_WRITTEN_REGISTERS);
    memory.writeHolding(word(request, 1), values(request, 2 * count));
    return Arrays.copyOf(request, 5);
  }

  private static byte[] values(byte[] request, int bytes) throws RefusedException {
    if (request.length != 6 + bytes || (request[5] & 0xFF) != bytes) {
      throw new RefusedException(RefusedException.VALUE);
    }
    return Arrays.copyOfRange(request, 6, request.length);
  }

  /** How many a request is about; its range ends within the protocol's addresses. */
  private static int count(byte[] request, int most) throws RefusedException {
    int count = word(request, 3);
    if (count < 1 || count > most) {
      throw new RefusedException(RefusedException.VALUE);
    }
    if (word(request, 1) + count > ADDRESSES) {
      throw new RefusedException(RefusedException.ADDRESS);
    }
    return count;
  }

  private static int word(byte[] request, int index) throws RefusedException {
    if (request.length < index + 2) {
      throw new RefusedException(RefusedException.VALUE);
    }
    return ((request[index] & 0xFF) << Byte.SIZE) | (request[index + 1] & 0xFF);
  }
}
