package io.edgeflow.cloud.intake;

import io.edgeflow.cloud.store.CommitNotice;
import io.edgeflow.cloud.store.HandedFrame;
import io.edgeflow.cloud.store.LedgerReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out what other processes committed of the frames that edges connected here sent (L8): it
 * hears the notices of commits and reads the ledger for the edges that they name, and every second
 * for all that wait, because a notice may be lost and the ledger is not (L2).
 */
final class LedgerEar implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LedgerEar.class);
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final int HEAR_MILLIS = 200;

  /** Asked at once: a few thousand numbers are a statement of some hundred KiB. */
  private static final int PIECE = 5_000;

  private final DataSource database;
  private final LedgerReader ledger;
  private final HandedOn handed;
  private final Judgement judgement;
  private final Thread thread;
  private volatile boolean closed;

  /** Hears what became of a frame, on this thread; returns at once. */
  interface Judgement {
    void judged(HandedFrame frame, boolean conflicting);
  }

  private LedgerEar(
      DataSource database, LedgerReader ledger, HandedOn handed, Judgement judgement) {
    this.database = database;
    this.ledger = ledger;
    this.handed = handed;
    this.judgement = judgement;
    this.thread = Thread.ofPlatform().daemon().name("ledger-ear").unstarted(this::work);
  }

  /**
   * @param database one connection of it is kept
   */
  static LedgerEar start(
      DataSource database, LedgerReader ledger, HandedOn handed, Judgement judgement) {
    LedgerEar ear = new LedgerEar(database, ledger, handed, judgement);
    ear.thread.start();
    return ear;
  }

  /** Looks once more, and ends. */
  @Override
  public void close() {
    closed = true;
    try {
      if (!thread.join(POLL.multipliedBy(2))) {
        thread.interrupt();
        thread.join();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void work() {
    try {
      while (!closed) {
        try {
          listen();
        } catch (SQLException away) {
          LOG.debug("the ledger cannot be heard error={}", away.getMessage());
          Thread.sleep(POLL);
        } catch (RuntimeException fault) {
          LOG.error("the ledger cannot be heard", fault);
          Thread.sleep(POLL);
        }
      }
    } catch (InterruptedException asked) {
      LOG.debug("no longer hearing");
    }
  }

  private void listen() throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("listen " + CommitNotice.CHANNEL);
      try {
        hear(connection.unwrap(PGConnection.class));
      } finally {
        // It goes back to a pool.
        statement.execute("unlisten *");
      }
    }
  }

  private void hear(PGConnection connection) throws SQLException {
    // What was said before somebody listened is in the ledger.
    look(handed.edges(Duration.ZERO));
    long looked = System.nanoTime();
    while (!closed) {
      PGNotification[] notices = connection.getNotifications(HEAR_MILLIS);
      if (notices != null && notices.length > 0) {
        look(edges(notices));
      }
      if (System.nanoTime() - looked >= POLL.toNanos()) {
        looked = System.nanoTime();
        handed.tidy();
        look(handed.edges(POLL));
      }
    }
    look(handed.edges(Duration.ZERO));
  }

  private static Set<String> edges(PGNotification[] notices) {
    Set<String> edges = new HashSet<>();
    for (PGNotification notice : notices) {
      edges.addAll(List.of(notice.getParameter().split(" ")));
    }
    return edges;
  }

  private void look(Set<String> edges) throws SQLException {
    List<HandedFrame> waiting = handed.waiting(edges);
    for (int from = 0; from < waiting.size(); from += PIECE) {
      List<HandedFrame> piece = waiting.subList(from, Math.min(waiting.size(), from + PIECE));
      for (HandedFrame.Judged one : ledger.judged(piece)) {
        if (handed.judged(one.frame())) {
          judgement.judged(one.frame(), one.conflicting());
        }
      }
    }
  }
}
