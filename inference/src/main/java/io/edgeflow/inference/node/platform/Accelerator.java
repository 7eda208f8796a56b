package io.edgeflow.inference.node.platform;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * One accelerator, or one of the sensors of a board that has one, at one moment.
 *
 * @param name as its driver calls it, with its number where there are several
 * @param memoryUsedBytes by all processes
 */
public record Accelerator(
    String name,
    OptionalLong memoryUsedBytes,
    OptionalLong memoryTotalBytes,
    OptionalDouble celsius,
    OptionalDouble watts) {
  static Accelerator temperature(String name, double celsius) {
    return new Accelerator(
        name,
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalDouble.of(celsius),
        OptionalDouble.empty());
  }

  static Accelerator power(String name, double watts) {
    return new Accelerator(
        name,
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalDouble.empty(),
        OptionalDouble.of(watts));
  }
}
