package io.edgeflow.cloud.rollout;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What a rollout would do if it were started now.
 *
 * @param behind the rollout that must end first; empty for none
 * @param bytes that edges would fetch, all together
 * @param shortest from now, if everything passes at once and fetching took no time
 */
public record Plan(
    String behind, List<Wave> waves, List<Straggler> stragglers, long bytes, Duration shortest) {
  public Plan {
    waves = List.copyOf(waves);
    stragglers = List.copyOf(stragglers);
  }

  /**
   * @param number counted from 1
   * @param begins at the earliest
   * @param bytes that its edges would fetch
   */
  public record Wave(int number, List<String> edges, Instant begins, long bytes) {
    public Wave {
      edges = List.copyOf(edges);
    }
  }

  /**
   * An edge that will not take part, or will hold up its wave.
   *
   * @param never whether it is not asked at all as things are
   * @param unable whether it would be asked and could not take it, as far as it told
   */
  public record Straggler(String edge, String site, boolean never, boolean unable, String why) {}
}
