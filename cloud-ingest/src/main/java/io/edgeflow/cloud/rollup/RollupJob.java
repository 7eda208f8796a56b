package io.edgeflow.cloud.rollup;

import io.edgeflow.cloud.store.Layout;
import io.edgeflow.cloud.store.Partitions;
import io.edgeflow.cloud.store.Sql;
import io.edgeflow.cloud.store.StorageSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rolls windows up into hours and days, as long as no other process does: who leads holds a lock of
 * the database for as long as its connection lives. Whenever it is not there, readers compute what
 * it has not done. A failure is tried again at the next turn. Thread-safe.
 */
public final class RollupJob implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RollupJob.class);

  /** Of PostgreSQL's advisory locks, for as long as a session. */
  private static final long LOCK = 0x726f6c6c7570L;

  private static final Duration LONGEST_STATEMENT = Duration.ofMinutes(5);
  private static final Duration FLUSH = Duration.ofSeconds(3);

  private final DataSource database;
  private final Layout layout;
  private final StorageSettings storage;
  private final Refresh refresh;
  private final RollupSettings settings;
  private final InstantSource clock;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;
  private volatile Progress progress = new Progress(false, 0, 0);
  private volatile @Nullable Connection open;

  /**
   * What this process does.
   *
   * @param hours of edges that it has rolled up since it began
   * @param days likewise
   */
  public record Progress(boolean leads, long hours, long days) {}

  private RollupJob(
      DataSource database,
      Layout layout,
      StorageSettings storage,
      Refresh refresh,
      RollupSettings settings,
      InstantSource clock) {
    this.database = database;
    this.layout = layout;
    this.storage = storage;
    this.refresh = refresh;
    this.settings = settings;
    this.clock = clock;
    this.thread = Thread.ofPlatform().daemon().name("rollups").unstarted(this::work);
  }

  /**
   * @param database of which it keeps one connection
   */
  public static RollupJob start(
      DataSource database,
      Layout layout,
      StorageSettings storage,
      Refresh refresh,
      RollupSettings settings,
      InstantSource clock) {
    RollupJob job = new RollupJob(database, layout, storage, refresh, settings, clock);
    job.thread.start();
    return job;
  }

  public Progress progress() {
    return progress;
  }

  /** Returns when the statement that it is at has ended, or after 3 s has been given up. */
  @Override
  public void close() {
    closed.countDown();
    try {
      if (!thread.join(FLUSH)) {
        abandon(open);
        thread.join();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void work() {
    boolean away = false;
    try {
      do {
        try {
          serve();
          away = false;
        } catch (SQLException | RuntimeException failed) {
          if (!ends() && !away) {
            LOG.warn("rolling up is put off error={}", failed.getMessage());
          }
          away = true;
        }
      } while (!pause());
    } catch (InterruptedException asked) {
      LOG.debug("no longer rolling up");
    }
  }

  private boolean ends() {
    return closed.getCount() == 0;
  }

  /** True at the end. */
  private boolean pause() throws InterruptedException {
    return closed.await(settings.pace().toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Until the connection fails, or the end. */
  private void serve() throws SQLException, InterruptedException {
    Connection connection = database.getConnection();
    open = connection;
    try {
      prepare(connection);
      Partitions partitions = new Partitions(layout, storage, clock);
      boolean leads = false;
      do {
        leads = leads || lock(connection);
        if (leads) {
          pass(connection, partitions);
        }
      } while (!pause());
    } finally {
      progress = new Progress(false, progress.hours(), progress.days());
      // With it goes the lock, which a connection in a pool would keep.
      abandon(connection);
      open = null;
    }
  }

  private void pass(Connection connection, Partitions partitions) throws SQLException {
    RollupPass pass = new RollupPass(connection, refresh, settings, partitions, clock, this::ends);
    Progress before = new Progress(true, progress.hours(), progress.days());
    progress = before;
    try {
      pass.run();
    } finally {
      progress =
          new Progress(true, before.hours() + pass.hoursDone(), before.days() + pass.daysDone());
    }
  }

  private static void prepare(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("set statement_timeout = " + LONGEST_STATEMENT.toMillis());
      // Keys lead to rows by the index, whatever is known of arrays and queues.
      statement.execute("set enable_hashjoin = off");
      statement.execute("set enable_mergejoin = off");
      // What a crash of the server takes with it is done again: later commits never survive alone.
      statement.execute("set synchronous_commit = off");
    }
  }

  private static boolean lock(Connection connection) throws SQLException {
    return Sql.first(connection, "select pg_try_advisory_lock(?)", row -> row.getBoolean(1), LOCK)
        .orElseThrow();
  }

  private static void abandon(@Nullable Connection connection) {
    if (connection == null) {
      return;
    }
    try {
      connection.abort(Runnable::run);
      connection.close();
    } catch (SQLException gone) {
      LOG.debug("the connection was gone error={}", gone.getMessage());
    }
  }
}
