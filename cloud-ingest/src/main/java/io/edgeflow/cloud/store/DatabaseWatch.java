package io.edgeflow.cloud.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks now and then at what the database promises, because a standby may come or go, and settings
 * may change, at any time. While the database is away what was seen last stays. Thread-safe.
 */
public final class DatabaseWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DatabaseWatch.class);
  private static final Duration PAUSE = Duration.ofSeconds(15);

  private final DataSource database;
  private final Thread thread;
  private volatile List<String> risks = List.of();

  private DatabaseWatch(DataSource database) {
    this.database = database;
    this.thread = Thread.ofPlatform().daemon().name("database-watch").unstarted(this::work);
  }

  /** Returns when it has looked once. */
  public static DatabaseWatch start(DataSource database) {
    DatabaseWatch watch = new DatabaseWatch(database);
    watch.look();
    watch.thread.start();
    return watch;
  }

  /**
   * What may lose acknowledged readings that edges do not hold any more, a sentence each. Returns
   * at once.
   */
  public List<String> risks() {
    return risks;
  }

  /** Looks now. Blocks for the database. */
  public void look() {
    try (Connection connection = database.getConnection()) {
      List<String> seen = Durability.of(connection).risks();
      if (!seen.equals(risks)) {
        risks = seen;
        report(seen);
      }
    } catch (SQLException away) {
      LOG.debug("the database cannot be looked at error={}", away.getMessage());
    }
  }

  private static void report(List<String> risks) {
    risks.forEach(risk -> LOG.warn("acknowledged readings are at risk: {}", risk));
    if (risks.isEmpty()) {
      LOG.info("acknowledged readings are no longer at risk");
    }
  }

  private void work() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        Thread.sleep(PAUSE);
        look();
      }
    } catch (InterruptedException asked) {
      LOG.debug("no longer looking");
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
