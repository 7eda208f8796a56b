package io.edgeflow.lab.bench;

import java.util.Arrays;
import java.util.List;

/**
 * How long live frames took.
 *
 * @param frames that were seen
 * @param p99Micros of few frames it is the longest
 * @param missing frames that were not seen
 */
record Latencies(int frames, long p50Micros, long p99Micros, long mostMicros, long missing) {
  static Latencies of(List<Long> micros, long missing) {
    long[] sorted = micros.stream().mapToLong(Long::longValue).toArray();
    Arrays.sort(sorted);
    if (sorted.length == 0) {
      return new Latencies(0, 0, 0, 0, missing);
    }
    return new Latencies(
        sorted.length,
        sorted[(sorted.length - 1) / 2],
        sorted[(int) Math.ceil(sorted.length * 0.99) - 1],
        sorted[sorted.length - 1],
        missing);
  }
}
