package io.edgeflow.lab.drill;

import io.edgeflow.wire.frame.Lane;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * How long window frames take from their numbering to the commit, seen from outside: every 50 ms
 * the gateway's ledger tells how many are numbered and the database which of them are committed, so
 * each figure may be 50 ms too large or too small. Only frames numbered after the first look count.
 */
final class LiveFrames {
  private static final long LOOK_MILLIS = 50;

  private static final String COMMITTED =
      """
      select c.number from frame_checksum c join frame_ledger l on l.id = c.ledger_id
      where l.lane = 1 and c.number > ?
      """;

  private final Stage stage;
  private final Thread thread;
  private final Figures figures = new Figures();
  private final Map<Long, Long> numberedNanos = new HashMap<>();
  private volatile boolean closing;
  private long newest;

  private LiveFrames(Stage stage, long newest) {
    this.stage = stage;
    this.newest = newest;
    this.thread = Thread.ofVirtual().name("live-frames").unstarted(this::watch);
  }

  /** Begins to look. The gateway must be in its first incarnation: frames are numbered from 1. */
  static LiveFrames watch(Stage stage) throws IOException, InterruptedException {
    var watching = new LiveFrames(stage, framed(stage));
    watching.thread.start();
    return watching;
  }

  private static long framed(Stage stage) throws IOException, InterruptedException {
    return stage.edgeAccount().lane(Lane.WINDOW).framed().frames();
  }

  private void watch() {
    long first = newest;
    while (!closing) {
      try (Connection connection = stage.tables().connect();
          PreparedStatement committed = connection.prepareStatement(COMMITTED)) {
        committed.setLong(1, first);
        while (!closing) {
          look(committed);
          TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
      } catch (IOException | SQLException away) {
        // It is looked at again, on a new connection.
      } catch (InterruptedException stopping) {
        return;
      }
    }
  }

  private void look(PreparedStatement committed)
      throws IOException, SQLException, InterruptedException {
    long framed = framed(stage);
    long now = System.nanoTime();
    for (; newest < framed; newest++) {
      numberedNanos.put(newest + 1, now);
    }
    try (ResultSet rows = committed.executeQuery()) {
      long seen = System.nanoTime();
      while (rows.next()) {
        Long numbered = numberedNanos.remove(rows.getLong(1));
        if (numbered != null) {
          figures.add(TimeUnit.NANOSECONDS.toMillis(seen - numbered));
        }
      }
    }
  }

  /** Milliseconds; after the end. */
  Figures figures() {
    return figures;
  }

  /** Waits until the last look is over. */
  void end() {
    closing = true;
    try {
      thread.join();
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }
}
