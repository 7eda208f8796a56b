package io.edgeflow.wire.document;

import java.util.Collections;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * How an edge is, within {@link Reported}, for those who cannot reach it. Counts are readings since
 * its data directory was made.
 *
 * @param backlogBytes of frames without a verdict, by the lane's word
 * @param oldestSeconds age of the oldest of them; empty if there is none
 * @param clockBelieved whether something vouches for the edge's clock (T1)
 * @param offsetSeconds how far its clock is ahead of the cloud's; empty while the cloud has not
 *     said
 * @param journal {@code ok}, or the word for what keeps it from acknowledging
 * @param usedBytes of what it may keep on its disk
 * @param maxBytes that it may keep there
 * @param promise false if it acknowledges readings before they are synced
 * @param accepted without duplicates
 * @param rejected bad input, by the word of the reason
 * @param refused good input that found a limit, by the word of the reason
 * @param dropped given up for want of room
 * @param residentBytes memory of the process; -1 where the system does not tell
 * @param series that it knows
 */
public record EdgeHealth(
    Map<String, Long> backlogBytes,
    OptionalDouble oldestSeconds,
    boolean clockBelieved,
    OptionalDouble offsetSeconds,
    String journal,
    long usedBytes,
    long maxBytes,
    boolean promise,
    long accepted,
    Map<String, Long> rejected,
    Map<String, Long> refused,
    long dropped,
    long residentBytes,
    long series) {
  /** Of each map. */
  public static final int MAX_WORDS = 64;

  public EdgeHealth {
    backlogBytes = counts(backlogBytes);
    rejected = counts(rejected);
    refused = counts(refused);
  }

  private static Map<String, Long> counts(Map<String, Long> words) {
    if (words.size() > MAX_WORDS) {
      throw new IllegalArgumentException("health counts more than is said at once");
    }
    return Collections.unmodifiableMap(new TreeMap<>(words));
  }
}
