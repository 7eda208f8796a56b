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
  /** How far a whole number may be missed by reckoning with fractions, of itself. */
  private static final double NOISE = 1e-9;

  /**
   * What is to be written so that it has that value.
   *
   * @throws IllegalArgumentException says why it cannot, for a person
   */
  RegisterWrite write(double value) {
    if (!lies(value)) {
      throw new IllegalArgumentException("must be from " + min + " to " + max);
    }
    double raw = (value - at.offset()) / at.scale();
    if (at.type() == RegisterType.BOOL && raw != 0 && raw != 1) {
      throw new IllegalArgumentException("must be true or false");
    }
    if (at.table() == RegisterTable.COIL) {
      return new RegisterWrite.Coil(at.address(), raw == 1);
    }
    boolean real = at.type() == RegisterType.FLOAT32 || at.type() == RegisterType.FLOAT64;
    return new RegisterWrite.Holding(
        at.address(), RegisterEncoder.encode(real ? raw : whole(raw), at.type(), at.order()));
  }

  private boolean lies(double value) {
    return value >= min && value <= max;
  }

  /** 21.5 / 0.1 is not quite 215; but 24 in tens must not become 20 where 22 is the least. */
  private double whole(double raw) {
    double whole = Math.rint(raw);
    double becomes = whole * at.scale() + at.offset();
    boolean noise = Math.abs(whole - raw) <= NOISE * Math.max(1, Math.abs(raw));
    if (!noise && !lies(becomes)) {
      throw new IllegalArgumentException(
          "would be rounded to " + becomes + ", and must be from " + min + " to " + max);
    }
    return whole;
  }
}
