package io.edgeflow.inference.bundle;

import io.edgeflow.process.settings.Check;
import io.edgeflow.process.settings.Default;
import java.util.List;

/**
 * What the graph calls its input and output. The first axis of both is the batch.
 *
 * @param shape of one row at the input; empty: its length
 */
public record Tensors(
    @Default("input") String input, @Default("output") String output, List<Integer> shape) {
  private static final int MAX_NAME = 128;
  private static final int MAX_AXES = 4;

  public Tensors {
    new Check()
        .that(named(input), "input", "must be 1 to " + MAX_NAME + " characters")
        .that(named(output), "output", "must be 1 to " + MAX_NAME + " characters")
        .that(shape.size() <= MAX_AXES, "shape", "must have " + MAX_AXES + " axes or fewer")
        .that(
            shape.stream().allMatch(axis -> axis >= 1 && axis <= Input.MAX_ROW),
            "shape",
            "must be of axes of 1 to " + Input.MAX_ROW)
        .orRefuse();
  }

  boolean fits(int rowLength) {
    return shape.isEmpty()
        || shape.stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b) == rowLength;
  }

  /** The shape of one row. */
  public long[] rowShape(int rowLength) {
    return shape.isEmpty()
        ? new long[] {rowLength}
        : shape.stream().mapToLong(Integer::longValue).toArray();
  }

  private static boolean named(String name) {
    return !name.isBlank() && name.length() <= MAX_NAME;
  }
}
