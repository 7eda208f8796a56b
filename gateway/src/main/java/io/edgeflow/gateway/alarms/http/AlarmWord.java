package io.edgeflow.gateway.alarms.http;

import io.edgeflow.process.http.Words;
import java.time.Duration;
import java.util.List;

/**
 * What somebody says to an alarm: {@code {"who":"ada","why":"strainer ordered","for":"8h"}}.
 *
 * @param length of a shelf; zero where nothing is shelved
 */
record AlarmWord(String who, String why, Duration length) {
  private static final int LONGEST_WHO = 64;
  private static final int LONGEST_WHY = 200;
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofHours(24);

  /**
   * {@code who} is required, {@code why} may be absent.
   *
   * @throws IllegalArgumentException naming the key and the rule that it breaks
   */
  static AlarmWord read(byte[] body) {
    Words words = Words.read(body, List.of("who", "why"));
    return new AlarmWord(who(words), words.text("why", 0, LONGEST_WHY), Duration.ZERO);
  }

  /** All three are required: nobody should have to guess why an alarm is silent. */
  static AlarmWord readShelf(byte[] body) {
    Words words = Words.read(body, List.of("who", "why", "for"));
    String rule = "must be 1s to 24h: a shelf always has an end";
    return new AlarmWord(
        who(words),
        words.text("why", 1, LONGEST_WHY),
        words.length("for", SHORTEST, LONGEST, rule));
  }

  private static String who(Words words) {
    return words.text("who", 1, LONGEST_WHO);
  }
}
