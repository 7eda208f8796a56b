package io.edgeflow.lab.doom;

import io.edgeflow.lab.doom.Point.Operation;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/**
 * When a process dies: at the Nth operation of a point. Halting is to the disk what kill -9 is:
 * what was written to a file stays, what was not is gone. Any thread.
 *
 * @param nth from 1
 * @param done whether the operation is still done
 */
public record Doom(Point point, long nth, boolean done) {
  /** As a shell tells of a process that was killed. */
  public static final int EXIT_CODE = 137;

  private static final String PROPERTY = "edgeflow.doom";

  /** The option of a JVM that dooms it. */
  public String option() {
    return "-D%s=%s:%d:%s".formatted(PROPERTY, point.word(), nth, done ? "after" : "before");
  }

  /** What this JVM was told; empty if nothing. */
  static List<Doom> ofThisProcess() {
    String text = System.getProperty(PROPERTY);
    if (text == null) {
      return List.of();
    }
    String[] parts = text.split(":", -1);
    return List.of(
        new Doom(
            Point.valueOf(parts[0].toUpperCase(Locale.ROOT)),
            Long.parseLong(parts[1]),
            parts[2].equals("after")));
  }

  /** Counts towards the one operation at which to die. */
  static final class Countdown {
    private final Doom doom;
    private final AtomicLong count = new AtomicLong();

    Countdown(Doom doom) {
      this.doom = doom;
    }

    /** Whether this operation is the last one. */
    boolean reached(Operation operation, Path file) {
      return doom.point().matches(operation, file) && count.incrementAndGet() == doom.nth();
    }

    boolean done() {
      return doom.done();
    }
  }
}
