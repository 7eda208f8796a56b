package io.edgeflow.gateway.modbus;

/** Which of a device's register tables a point lies in. */
public enum RegisterTable {
  /** Read with function 3. */
  HOLDING,
  /** Read with function 4. */
  INPUT
}
