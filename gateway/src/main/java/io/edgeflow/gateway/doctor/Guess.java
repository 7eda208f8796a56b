package io.edgeflow.gateway.doctor;

import io.edgeflow.gateway.modbus.RegisterOrder;
import io.edgeflow.gateway.modbus.RegisterType;
import io.edgeflow.gateway.modbus.Registers;
import java.util.ArrayList;
import java.util.List;

/**
 * A type and an order in which a whole range makes sense.
 *
 * @param values how many values of it the range holds, side by side
 * @param plausible how many of them a plant could mean; the others are 0
 */
record Guess(RegisterType type, RegisterOrder order, int values, int plausible) {
  /**
   * Those in which each value is plausible or 0, and half of them or more not 0; floats first, for
   * their exponents leave the least to chance. Several mean that nothing is certain.
   *
   * @param start the address of the first register
   */
  static List<Guess> of(Registers registers, int start) {
    List<Guess> guesses = new ArrayList<>();
    for (RegisterType type : Reading.WIDE) {
      for (RegisterOrder order : RegisterOrder.values()) {
        Guess guess = of(type, order, registers, start);
        if (guess.values() > 0 && guess.plausible() * 2 >= guess.values()) {
          guesses.add(guess);
        }
      }
    }
    return guesses;
  }

  private static Guess of(RegisterType type, RegisterOrder order, Registers registers, int start) {
    int values = registers.count() / type.registers();
    int plausible = 0;
    for (int i = 0; i < values; i++) {
      Reading reading = Reading.of(type, order, registers, start, start + i * type.registers());
      if (reading.plausible()) {
        plausible++;
      } else if (!reading.isZero()) {
        return new Guess(type, order, values, 0);
      }
    }
    return new Guess(type, order, values, plausible);
  }
}
