package io.edgeflow.inference.prepare;

import io.edgeflow.aggregator.reading.Quality;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Keeps what a preparer says, as lines. */
final class Said implements RowSink {
  final List<String> lines = new ArrayList<>();

  @Override
  public void row(long timeMicros, float[] row, Quality quality, int filled) {
    String doubts = quality == Quality.GOOD ? "" : " " + quality;
    lines.add(at(timeMicros) + Arrays.toString(row) + doubts + (filled == 0 ? "" : " ~" + filled));
  }

  @Override
  public void withheld(long timeMicros, Withheld why) {
    lines.add(at(timeMicros) + why);
  }

  /** Everything since the last time. */
  List<String> take() {
    List<String> taken = List.copyOf(lines);
    lines.clear();
    return taken;
  }

  List<String> rows() {
    return lines.stream().filter(line -> line.contains("[")).toList();
  }

  private static String at(long timeMicros) {
    return timeMicros / 1_000 + "ms ";
  }
}
