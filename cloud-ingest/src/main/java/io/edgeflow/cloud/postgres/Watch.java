package io.edgeflow.cloud.postgres;

import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notices when the server ends unasked, and has it started again, with growing pauses. */
final class Watch {
  private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
  private static final Duration LOOK = Duration.ofMillis(250);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  private final Revival revival;
  private final Thread thread;
  private final Object turn = new Object();
  private volatile Postmaster server;
  private volatile boolean ended;

  /** Starts the server that ended. */
  interface Revival {
    Postmaster revive() throws IOException;
  }

  private Watch(Postmaster server, Revival revival) {
    this.server = server;
    this.revival = revival;
    this.thread = Thread.ofPlatform().name("postgres-watch").daemon().unstarted(this::watch);
  }

  static Watch over(Postmaster server, Revival revival) {
    Watch watch = new Watch(server, revival);
    watch.thread.start();
    return watch;
  }

  long pid() {
    return server.pid();
  }

  /** Stops watching; false when it had ended before. Nothing is revived after this returned. */
  boolean end() {
    synchronized (this) {
      if (ended) {
        return false;
      }
      ended = true;
    }
    // A start that was cut off half-way would leave a server that nobody knows of.
    synchronized (turn) {
      thread.interrupt();
    }
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    return true;
  }

  private void watch() {
    try {
      while (!ended) {
        // Asked, not told: an adopted server is not our child.
        Thread.sleep(LOOK);
        if (!server.isAlive()) {
          LOG.warn("PostgreSQL ended unasked pid={}", server.pid());
          revive();
        }
      }
    } catch (InterruptedException asked) {
      LOG.debug("no longer watching");
    }
  }

  private void reviveUnlessEnded() throws IOException {
    synchronized (turn) {
      if (!ended) {
        server = revival.revive();
        LOG.info("PostgreSQL runs again pid={}", server.pid());
      }
    }
  }

  private void revive() throws InterruptedException {
    Duration pause = FIRST_PAUSE;
    while (!ended) {
      try {
        reviveUnlessEnded();
        return;
      } catch (IOException failed) {
        LOG.warn("PostgreSQL does not start error={}", failed.getMessage());
      }
      Thread.sleep(pause);
      pause =
          pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0
              ? LONGEST_PAUSE
              : pause.multipliedBy(2);
    }
  }
}
