package io.edgeflow.lab.bench;

import io.edgeflow.wire.frame.Lane;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sees in the cloud's database which frames of the window lane are committed, and when: at most
 * {@value #LOOK_MILLIS} ms and a query too late, never too early.
 */
final class CommitWatch implements AutoCloseable {
  static final int LOOK_MILLIS = 20;

  private static final String LOW_WATER =
      "select id, low_water from frame_ledger where incarnation = ?::uuid and lane = "
          + Lane.WINDOW.code();
  private static final String NUMBERS =
      "select number from frame_checksum where ledger_id = ? and number > ?";

  private final Connection connection;
  private final String incarnation;
  private final long backlog;
  private final Thread thread;

  // Guarded by this.
  private final Map<Long, Long> seen = new HashMap<>();
  private long lowWater;
  private long drainedNanos;
  private @Nullable Exception failure;

  private volatile boolean ended;

  /**
   * @param incarnation of the gateway, 32 hexadecimal digits
   * @param backlog frames up to this number waited when the link came back
   */
  CommitWatch(Connection connection, String incarnation, long backlog) {
    this.connection = connection;
    this.incarnation = incarnation;
    this.backlog = backlog;
    this.thread = Thread.ofPlatform().daemon().name("commit-watch").start(this::watch);
  }

  /** {@link System#nanoTime} when the last frame of the backlog was seen; 0 before. */
  synchronized long drainedNanos() throws SQLException {
    if (failure != null) {
      throw new SQLException("the database cannot be watched", failure);
    }
    return drainedNanos;
  }

  synchronized long lowWater() {
    return lowWater;
  }

  /** When each frame behind the backlog was seen, in microseconds since the epoch. */
  synchronized Map<Long, Long> seen() {
    return Map.copyOf(seen);
  }

  private void watch() {
    try (PreparedStatement ledger = connection.prepareStatement(LOW_WATER);
        PreparedStatement numbers = connection.prepareStatement(NUMBERS)) {
      ledger.setString(1, incarnation);
      while (!ended) {
        look(ledger, numbers);
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      }
    } catch (SQLException e) {
      synchronized (this) {
        failure = e;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look(PreparedStatement ledger, PreparedStatement numbers) throws SQLException {
    try (ResultSet row = ledger.executeQuery()) {
      if (!row.next()) {
        return;
      }
      lookAt(row.getInt(1), row.getLong(2), numbers);
    }
  }

  private void lookAt(int id, long low, PreparedStatement numbers) throws SQLException {
    numbers.setInt(1, id);
    numbers.setLong(2, backlog);
    try (ResultSet rows = numbers.executeQuery()) {
      long nowMicros = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
      synchronized (this) {
        while (rows.next()) {
          seen.putIfAbsent(rows.getLong(1), nowMicros);
        }
        lowWater = low;
        if (low >= backlog && drainedNanos == 0) {
          drainedNanos = System.nanoTime();
        }
      }
    }
  }

  @Override
  public void close() throws SQLException {
    ended = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    connection.close();
  }
}
