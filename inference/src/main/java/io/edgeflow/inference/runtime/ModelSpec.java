package io.edgeflow.inference.runtime;

import java.util.List;

/**
 * What a graph is expected to be: {@code float32[n, rowShape...]} in, {@code outputs} values of
 * float32 a row out.
 *
 * @param rowShape of one row, without the batch dimension, which comes first
 * @param outputs values a row, whatever shape they have in the graph
 */
public record ModelSpec(
    String input, List<Integer> rowShape, String output, int outputs, ModelLimits limits) {
  public ModelSpec {
    rowShape = List.copyOf(rowShape);
    if (rowShape.isEmpty() || rowShape.stream().anyMatch(length -> length < 1)) {
      throw new IllegalArgumentException("rows of the shape " + rowShape);
    }
    if (outputs < 1) {
      throw new IllegalArgumentException(outputs + " outputs a row");
    }
    long row = rowShape.stream().mapToLong(length -> length).reduce(1, Math::multiplyExact);
    if (row * limits.maxBatch() > Integer.MAX_VALUE / Float.BYTES
        || (long) outputs * limits.maxBatch() > Integer.MAX_VALUE / Float.BYTES) {
      throw new IllegalArgumentException(
          "a batch of " + limits.maxBatch() + " rows of the shape " + rowShape + " is too large");
    }
  }

  /** Values in a row. */
  public int rowLength() {
    int values = 1;
    for (int i = 0; i < rowShape.size(); i++) {
      values *= rowShape.get(i);
    }
    return values;
  }

  /**
   * @throws IllegalArgumentException if the array does not hold so many rows
   */
  public void requireRows(float[] rows, int count) {
    if (count < 0 || (long) count * rowLength() > rows.length) {
      throw new IllegalArgumentException(
          "%d rows of %d values in an array of %d".formatted(count, rowLength(), rows.length));
    }
  }

  /** The shape of a batch, as the runtime wants it. */
  long[] batchShape(int count) {
    long[] shape = new long[rowShape.size() + 1];
    shape[0] = count;
    for (int i = 0; i < rowShape.size(); i++) {
      shape[i + 1] = rowShape.get(i);
    }
    return shape;
  }
}
