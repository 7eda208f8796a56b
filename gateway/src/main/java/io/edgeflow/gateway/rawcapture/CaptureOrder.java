package io.edgeflow.gateway.rawcapture;

import io.edgeflow.process.settings.Check;
import io.edgeflow.process.settings.Glob;
import java.time.Duration;
import java.util.List;

/**
 * What somebody asks for: every reading of these series, from now on.
 *
 * @param series patterns of names
 * @param why may be empty
 */
public record CaptureOrder(List<Glob> series, Duration length, String who, String why) {
  public static final Duration SHORTEST = Duration.ofSeconds(1);
  public static final Duration LONGEST = Duration.ofHours(24);

  private static final int MOST_PATTERNS = 16;
  private static final int LONGEST_PATTERN = 200;

  public CaptureOrder {
    series = List.copyOf(series);
    new Check()
        .that(!series.isEmpty(), "series", "must hold at least one pattern, such as pump-7/*")
        .that(series.size() <= MOST_PATTERNS, "series", "must be 16 patterns or fewer")
        .that(
            series.stream().allMatch(one -> one.pattern().length() <= LONGEST_PATTERN),
            "series",
            "must be patterns of 200 characters or fewer")
        .that(
            length.compareTo(SHORTEST) >= 0 && length.compareTo(LONGEST) <= 0,
            "for",
            "must be 1s to 24h: a capture always has an end")
        .orRefuse();
  }
}
