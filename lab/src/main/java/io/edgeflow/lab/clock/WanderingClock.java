package io.edgeflow.lab.clock;

import io.edgeflow.gateway.clock.OsSync;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;

/** The true time, and what a file makes of it. Any thread. */
final class WanderingClock {
  private static final long LOOK_MILLIS = 20;

  private final Path file;
  private volatile Wandering now;

  private WanderingClock(Path file, Wandering now) {
    this.file = file;
    this.now = now;
  }

  /** Looks at the file from now on, as long as the process lives. */
  static WanderingClock following(Path file) throws IOException {
    WanderingClock clock = new WanderingClock(file, Wandering.read(file));
    Thread.ofPlatform().name("wandering-clock").daemon().start(clock::follow);
    return clock;
  }

  private void follow() {
    try {
      while (true) {
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        now = Wandering.read(file);
      }
    } catch (IOException | InterruptedException gone) {
      // The drill and its folder are gone: the clock stays as it is until the process ends.
      Thread.currentThread().interrupt();
    }
  }

  long micros() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()) + now.offsetMicros();
  }

  OsSync os() {
    return now.os();
  }
}
