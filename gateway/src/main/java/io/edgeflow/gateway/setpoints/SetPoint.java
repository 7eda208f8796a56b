package io.edgeflow.gateway.setpoints;

import io.edgeflow.gateway.modbus.RegisterEncoder;
import io.edgeflow.gateway.modbus.RegisterPoint;
import io.edgeflow.gateway.modbus.RegisterTable;
import io.edgeflow.gateway.modbus.RegisterType;
import io.edgeflow.gateway.modbus.RegisterWrite;

/**
 * A point that may be set.
 *
 * @param device whose point it is
 * @param at where it lies, and how it is scaled
 * @param min the least value, in its unit; minus infinity for none
 * @param max the greatest value; infinity for none
 */
public record SetPoint(String device, RegisterPoint at, double min, double max) {
  /**
   * What is to be written so that it has that value.
   *
   * @throws IllegalArgumentException says why it cannot, for a person
   */
  RegisterWrite write(double value) {
    if (!(value >= min && value <= max)) {
      throw new IllegalArgumentException("must be from " + min + " to " + max);
    }
    double raw = (value - at.offset()) / at.scale();
    if (at.table() == RegisterTable.COIL) {
      if (raw != 0 && raw != 1) {
        throw new IllegalArgumentException("must be true or false");
      }
      return new RegisterWrite.Coil(at.address(), raw == 1);
    }
    boolean real = at.type() == RegisterType.FLOAT32 || at.type() == RegisterType.FLOAT64;
    // 21.5 / 0.1 is not quite 215.
    double exact = real ? raw : Math.rint(raw);
    return new RegisterWrite.Holding(
        at.address(), RegisterEncoder.encode(exact, at.type(), at.order()));
  }
}
