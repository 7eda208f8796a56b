package io.edgeflow.lab.sim;

/**
 * One sensor that publishes over MQTT.
 *
 * @param decimals to which its values are rounded, as a real transmitter would
 */
public record SimulatedPoint(
    String device, String point, String unit, int decimals, PayloadForm form, Signal signal) {
  /** The name under which the gateway knows it. */
  public String series() {
    return device + "/" + point;
  }

  /** The same on another device. */
  public SimulatedPoint on(String other) {
    return new SimulatedPoint(other, point, unit, decimals, form, signal);
  }

  /** The value at a moment, rounded. */
  public double value(long micros) {
    double scale = Math.pow(10, decimals);
    return Math.rint(signal.at(micros) * scale) / scale;
  }
}
