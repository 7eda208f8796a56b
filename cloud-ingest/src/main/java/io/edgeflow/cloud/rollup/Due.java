package io.edgeflow.cloud.rollup;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Some edges of which one hour, or one day, is to be rolled up.
 *
 * @param begin of the hour or the day, in UTC
 * @param touches the ids of those that say so; none of days
 */
record Due(Instant begin, List<Integer> edges, List<Long> touches) {
  /**
   * Puts edges of equal beginnings together.
   *
   * @param ones each of one edge, by beginning
   * @param rows of each edge, at least
   * @param most rows that should come together
   */
  static List<Due> together(List<Due> ones, Map<Integer, Integer> rows, int most) {
    List<Due> chunks = new ArrayList<>();
    int size = 0;
    for (Due one : ones) {
      int more = rows.getOrDefault(one.edges().getFirst(), 1);
      boolean fits =
          !chunks.isEmpty() && chunks.getLast().begin().equals(one.begin()) && size + more <= most;
      if (fits) {
        chunks.getLast().edges().addAll(one.edges());
        chunks.getLast().touches().addAll(one.touches());
        size += more;
      } else {
        chunks.add(
            new Due(one.begin(), new ArrayList<>(one.edges()), new ArrayList<>(one.touches())));
        size = more;
      }
    }
    return chunks;
  }
}
