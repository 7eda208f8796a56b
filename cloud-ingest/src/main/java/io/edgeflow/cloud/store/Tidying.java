package io.edgeflow.cloud.store;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** What has to be done now and then by one of the writers, whichever comes first. Thread-safe. */
final class Tidying {
  private static final long PAUSE_NANOS = Duration.ofMinutes(10).toNanos();

  /** What the edges keep delivered frames for, and a margin. */
  private static final Duration CONTENTS_KEPT = Duration.ofHours(54);

  /** Forgotten in one transaction. */
  private static final int MOST = 50_000;

  private final AtomicLong dueNanos = new AtomicLong(System.nanoTime());

  interface Sessions {
    WriterSession open() throws SQLException;
  }

  /** Does it if it is due. Fails as its session does, and is due again then. */
  void perform(Sessions sessions) throws SQLException {
    long due = dueNanos.get();
    long now = System.nanoTime();
    if (now - due < 0 || !dueNanos.compareAndSet(due, now + PAUSE_NANOS)) {
      return;
    }
    boolean more = true;
    try {
      more = sessions.open().forget(CONTENTS_KEPT, MOST) == MOST;
    } finally {
      if (more) {
        dueNanos.set(now);
      }
    }
  }
}
