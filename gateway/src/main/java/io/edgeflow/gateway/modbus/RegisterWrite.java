package io.edgeflow.gateway.modbus;

import java.util.List;

/** What is to be written to a device, with one request. */
public sealed interface RegisterWrite {
  /** Where it begins, as it goes over the wire, 0..65535. */
  int address();

  /** How it is told to people and programs. */
  String words();

  /** One coil, with function 5. */
  record Coil(int address, boolean on) implements RegisterWrite {
    public Coil {
      check(address, 1);
    }

    @Override
    public String words() {
      return Boolean.toString(on);
    }
  }

  /** Several coils, with function 15, in the order of their addresses. */
  record Coils(int address, List<Boolean> on) implements RegisterWrite {
    public Coils {
      on = List.copyOf(on);
      check(address, on.size());
    }

    @Override
    public String words() {
      return on.toString();
    }
  }

  /**
   * Holding registers: one with function 6, several with function 16.
   *
   * @param registers 0..65535 each, in the order of their addresses
   */
  record Holding(int address, List<Integer> registers) implements RegisterWrite {
    public Holding {
      registers = List.copyOf(registers);
      check(address, registers.size());
      if (registers.stream().anyMatch(register -> register < 0 || register > 0xFFFF)) {
        throw new IllegalArgumentException("a register holds 0..65535");
      }
    }

    @Override
    public String words() {
      return registers.size() == 1 ? registers.getFirst().toString() : registers.toString();
    }
  }

  private static void check(int address, int count) {
    if (address < 0 || count < 1 || address > RegisterPoint.ADDRESS_END - count) {
      throw new IllegalArgumentException("nothing can be written at address " + address);
    }
  }
}
