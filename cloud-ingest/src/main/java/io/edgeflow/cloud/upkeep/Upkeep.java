package io.edgeflow.cloud.upkeep;

import io.edgeflow.cloud.store.LateWindows;
import io.edgeflow.cloud.store.Layout;
import io.edgeflow.cloud.store.Sql;
import io.edgeflow.cloud.store.StorageSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the tables once a minute: of several processes one at a time. While the database is
 * away nothing is done. It keeps nothing that matters between two looks.
 */
public final class Upkeep implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
  private static final Duration PACE = Duration.ofMinutes(1);

  private static final Duration FLUSH = Duration.ofSeconds(3);

  /** Clocks of writers differ: what is about to be staged may still be written directly. */
  private static final Duration MARGIN = Duration.ofHours(1);

  private static final String HORIZON =
      "select minutes from rollup_horizon where isfinite(minutes)";

  private final Turn turn;
  private final Layout layout;
  private final StorageSettings storage;
  private final InstantSource clock;
  private final Retention retention;
  private final Thread thread;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final AtomicLong merged = new AtomicLong();
  private final AtomicLong removed = new AtomicLong();

  /** For tests: looks only when it is asked to. */
  Upkeep(DataSource database, Layout layout, StorageSettings storage, InstantSource clock) {
    this.turn = new Turn(database);
    this.layout = layout;
    this.storage = storage;
    this.clock = clock;
    this.retention = new Retention(turn, layout, storage, clock);
    this.thread = Thread.ofPlatform().daemon().name("upkeep").unstarted(this::work);
  }

  public static Upkeep start(
      DataSource database, Layout layout, StorageSettings storage, InstantSource clock) {
    Upkeep upkeep = new Upkeep(database, layout, storage, clock);
    upkeep.thread.start();
    return upkeep;
  }

  /** Staged windows that this process has merged since it began. */
  public long merged() {
    return merged.get();
  }

  /** Rows that this process has removed by age since it began. */
  public long removed() {
    return removed.get();
  }

  /** Does what is to be done now. Blocks for the database. */
  void look() throws SQLException {
    removed.addAndGet(retention.pass());
    if (layout.compresses()) {
      mergeLate();
    }
  }

  /** Merges what is staged, a transaction for every day of it. */
  void mergeLate() throws SQLException {
    int windows = 1;
    while (windows > 0 && closed.getCount() > 0) {
      windows = turn.take(this::mergeSome).orElse(0);
      merged.addAndGet(windows);
    }
  }

  private int mergeSome(Connection connection) throws SQLException {
    Instant horizon =
        Sql.first(connection, HORIZON, row -> row.getObject(1, OffsetDateTime.class).toInstant())
            .orElse(Instant.EPOCH);
    Instant to = clock.instant().minus(storage.compressAfter()).minus(MARGIN);
    return LateWindows.merge(connection, horizon, to);
  }

  private void work() {
    boolean away = false;
    try {
      do {
        try {
          look();
          away = false;
        } catch (SQLException | RuntimeException failed) {
          if (!away && closed.getCount() > 0) {
            LOG.warn("the tables are not looked after error={}", failed.getMessage());
          }
          away = true;
        }
      } while (!closed.await(PACE.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException asked) {
      LOG.debug("no longer looking after the tables");
    }
  }

  /**
   * Returns when the transaction that it is at has ended, or after 3 s: counting the rows of a
   * chunk takes longer, and is undone when its connection is closed.
   */
  @Override
  public void close() {
    closed.countDown();
    try {
      if (!thread.join(FLUSH)) {
        LOG.info("stopped before a chunk was counted; that is done again");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
