package io.edgeflow.lab.sim;

import io.edgeflow.lab.slaves.LineHabits;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is the matter with a whole Modbus line; a mixin. */
final class LineOptions {
  @Option(
      names = "--sessions",
      paramLabel = "M",
      description = "Connections at once, on each port; one more is closed at once (default: any).")
  private @Nullable Integer sessions;

  @Option(
      names = "--close-after",
      paramLabel = "N",
      description = "A connection ends after so many requests (default: never).")
  private int closeAfter;

  @Option(
      names = "--baud",
      paramLabel = "BAUD",
      description =
          "Answers take the time of a serial line of that speed, one at a time (default: none).")
  private int baud;

  @Option(
      names = "--nobody",
      paramLabel = "CODE",
      description =
          "Unit ids that are not there are answered with that exception, 10 or 11 with most"
              + " gateways (default: not at all).")
  private int nobody;

  @Option(
      names = "--down",
      paramLabel = "DURATION",
      converter = Durations.class,
      description = "Now and then all connections end, and new ones are refused, for so long.")
  private @Nullable Duration down;

  @Option(
      names = "--down-every",
      paramLabel = "DURATION",
      converter = Durations.class,
      description = "From one such time to the next; the first comes after it (default: 1m).")
  private @Nullable Duration downEvery;

  /**
   * @throws IllegalArgumentException says what is wrong, for a person
   */
  LineHabits habits() {
    if (closeAfter < 0
        || baud < 0
        || nobody < 0
        || nobody > 255
        || (sessions != null && sessions < 1)) {
      throw new IllegalArgumentException(
          "--sessions, --close-after and --baud are 1 or more, --nobody 1 to 255");
    }
    int most = sessions == null ? Integer.MAX_VALUE : sessions;
    return LineHabits.EASY
        .withSessions(most)
        .withCloseAfter(closeAfter)
        .withBaud(baud)
        .withNobody(nobody);
  }

  /** How long the line is down each time; empty: never. */
  Optional<Duration> down() {
    return Optional.ofNullable(down);
  }

  /**
   * @throws IllegalArgumentException says what is wrong, for a person
   */
  Duration downEvery() {
    Duration every = downEvery == null ? Duration.ofMinutes(1) : downEvery;
    if (down != null && down.compareTo(every) >= 0) {
      throw new IllegalArgumentException("--down must be shorter than --down-every");
    }
    return every;
  }
}
