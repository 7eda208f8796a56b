package io.edgeflow.inference.golden;

import java.util.List;
import java.util.stream.Collectors;

/**
 * How a model did.
 *
 * @param rows that were scored
 * @param deviations the first ones
 * @param more how many there were besides
 */
public record GoldenReport(int vectors, int rows, List<Deviation> deviations, int more) {
  private static final int SHOWN = 5;

  public GoldenReport {
    deviations = List.copyOf(deviations);
  }

  /** Whether everything came out as the vectors say. */
  public boolean passed() {
    return deviations.isEmpty();
  }

  @Override
  public String toString() {
    String head = vectors + " golden vectors, " + rows + " rows: ";
    if (passed()) {
      return head + "all as expected";
    }
    return deviations.stream()
        .limit(SHOWN)
        .map(one -> "  " + one)
        .collect(Collectors.joining("\n", head + (deviations.size() + more) + " deviations\n", ""));
  }
}
