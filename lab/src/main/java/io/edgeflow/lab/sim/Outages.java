package io.edgeflow.lab.sim;

import io.edgeflow.lab.slaves.SlaveLine;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Lines that are down now and then. One thread. */
final class Outages {
  private final List<SlaveLine> lines;
  private final long lastingNanos;
  private final long everyNanos;
  private boolean down;

  /**
   * @param lasting 0 for never
   * @param every from one to the next; the first comes after it
   */
  Outages(List<SlaveLine> lines, Duration lasting, Duration every) {
    this.lines = lines;
    this.lastingNanos = lasting.toNanos();
    this.everyNanos = every.toNanos();
  }

  /**
   * Does what is due.
   *
   * @param sinceNanos since the start
   * @return what happened, if something did
   */
  Optional<String> look(long sinceNanos) throws IOException {
    boolean wanted = sinceNanos >= everyNanos && sinceNanos % everyNanos < lastingNanos;
    if (wanted == down) {
      return Optional.empty();
    }
    down = wanted;
    for (SlaveLine line : lines) {
      if (down) {
        line.refuse();
      } else {
        line.mend();
      }
    }
    return Optional.of(down ? "the line is down" : "the line is up again");
  }
}
