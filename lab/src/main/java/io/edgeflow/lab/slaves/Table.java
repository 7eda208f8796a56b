package io.edgeflow.lab.slaves;

import java.util.Locale;

/** The four tables of a unit. */
public enum Table {
  /** Bits, read with function 1 and written with 5 and 15. */
  COIL,
  /** Bits, read with function 2. */
  DISCRETE,
  /** Registers, read with function 3 and written with 6 and 16. */
  HOLDING,
  /** Registers, read with function 4. */
  INPUT;

  /** Whether it holds bits; else registers of 16 bits. */
  public boolean hasBits() {
    return this == COIL || this == DISCRETE;
  }

  /** As people write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
