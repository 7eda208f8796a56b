package io.edgeflow.lab.sim;

/**
 * A pump of the plant, and the drive that its controller slows down.
 *
 * @param pump its speed is that of the drive
 */
public record DrivenPump(Pump pump, Drive drive) {
  /** Behind all of them is one controller: a coil and a register for each pump, by its number. */
  static final int CONTROLLER_UNIT = 3;

  public static final String CONTROLLER = "drives";

  /** The coil that slows it down, and the register that tells its speed. */
  public int address() {
    return pump.number();
  }
}
