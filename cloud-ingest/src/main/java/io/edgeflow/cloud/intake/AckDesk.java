package io.edgeflow.cloud.intake;

import io.edgeflow.cloud.store.LedgerReader;
import io.edgeflow.wire.document.Acknowledgement;
import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.topic.Topics;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes acknowledgements: after a commit it reads the ledger and tells the edge what it says
 * (L8). All frames of an edge that were settled meanwhile share one. While the database is away it
 * remembers what to read, up to a bound; an edge that is told nothing sends again and is told then.
 */
final class AckDesk implements LaterNotes, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AckDesk.class);
  private static final int REMEMBERED_FRAMES = 50_000;
  private static final Duration PAUSE = Duration.ofMillis(500);

  /** Told of one look into the ledger; what is settled meanwhile waits for the next. */
  private static final int EDGES_AT_ONCE = 128;

  /** Sends a message to whoever subscribed. Any thread; returns at once. */
  interface Publisher {
    void publish(String topic, byte[] payload);
  }

  private final LedgerReader ledger;
  private final Publisher publisher;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition wanted = lock.newCondition();
  private final Thread thread;

  // Guarded by the lock.
  private Map<String, Map<FrameId, Boolean>> settled = new LinkedHashMap<>();
  private Map<String, Set<FrameId>> later = new LinkedHashMap<>();
  private int remembered;

  /** The name of the database in the last acknowledgement; empty before the first. */
  private volatile String database = "";

  private AckDesk(LedgerReader ledger, Publisher publisher) {
    this.ledger = ledger;
    this.publisher = publisher;
    this.thread = Thread.ofPlatform().daemon().name("acknowledger").unstarted(this::work);
  }

  static AckDesk start(LedgerReader ledger, Publisher publisher) {
    AckDesk desk = new AckDesk(ledger, publisher);
    desk.thread.start();
    return desk;
  }

  /**
   * The ledger has something to say about this frame. Any thread; returns at once.
   *
   * @param conflicting whether its content is not what was settled; if it came both ways, copies of
   *     an edge sent it, and then the one that is wrong must hear of it
   */
  void settled(String edge, FrameId frame, boolean conflicting) {
    note(
        () -> {
          Map<FrameId, Boolean> frames = settled.computeIfAbsent(edge, _ -> new LinkedHashMap<>());
          boolean isNew = !frames.containsKey(frame);
          frames.merge(frame, conflicting, Boolean::logicalOr);
          return isNew;
        });
  }

  /** The writer has no room for this frame. */
  @Override
  public void later(String edge, FrameId frame) {
    note(() -> later.computeIfAbsent(edge, _ -> new LinkedHashSet<>()).add(frame));
  }

  /**
   * @param add whether that was news
   */
  private void note(BooleanSupplier add) {
    lock.lock();
    try {
      if (remembered < REMEMBERED_FRAMES && add.getAsBoolean()) {
        remembered++;
      }
      wanted.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Tells an edge its credit now; nothing before the first acknowledgement. Returns at once. */
  void credit(String edge) {
    if (!database.isEmpty()) {
      // The name stays as it is: another thread may be telling a newer one.
      publisher.publish(Topics.ack(edge), ledger.credit(edge, database).toBytes());
    }
  }

  /**
   * What acknowledgements call the database from now on.
   *
   * @return whether edges know it by another name
   */
  boolean serving(String name) {
    boolean changed = !database.isEmpty() && !database.equals(name);
    database = name;
    return changed;
  }

  /** Publishes this one as it is. */
  void publish(String edge, Acknowledgement acknowledgement) {
    database = acknowledgement.database();
    publisher.publish(Topics.ack(edge), acknowledgement.toBytes());
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

  private record Notes(
      Map<String, Map<FrameId, Boolean>> settled, Map<String, Set<FrameId>> later) {}

  private void work() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        Notes notes = take();
        for (Map.Entry<String, Set<FrameId>> entry : notes.later().entrySet()) {
          guarded(entry.getKey(), () -> tellLater(entry.getKey(), entry.getValue()));
        }
        for (Map<String, Map<FrameId, Boolean>> some : parts(notes.settled())) {
          tell(some);
        }
      }
    } catch (InterruptedException asked) {
      LOG.debug("no longer acknowledging");
    }
  }

  /** What cannot be told to one edge must not end what every edge waits for. */
  private static void guarded(String edge, Runnable telling) {
    try {
      telling.run();
    } catch (RuntimeException fault) {
      LOG.error("an edge could not be answered edge={}", edge, fault);
    }
  }

  private Notes take() throws InterruptedException {
    lock.lock();
    try {
      while (settled.isEmpty() && later.isEmpty()) {
        wanted.await();
      }
      Notes notes = new Notes(settled, later);
      settled = new LinkedHashMap<>();
      later = new LinkedHashMap<>();
      remembered = 0;
      return notes;
    } finally {
      lock.unlock();
    }
  }

  /** Needs no database, because it is said when there is none. */
  private void tellLater(String edge, Set<FrameId> frames) {
    if (!database.isEmpty()) {
      publish(edge, ledger.later(edge, database, frames));
    }
  }

  private static List<Map<String, Map<FrameId, Boolean>>> parts(
      Map<String, Map<FrameId, Boolean>> settled) {
    List<Map<String, Map<FrameId, Boolean>>> parts = new ArrayList<>();
    settled.forEach(
        (edge, frames) -> {
          if (parts.isEmpty() || parts.getLast().size() == EDGES_AT_ONCE) {
            parts.add(new LinkedHashMap<>());
          }
          parts.getLast().put(edge, frames);
        });
    return parts;
  }

  private void tell(Map<String, Map<FrameId, Boolean>> edges) throws InterruptedException {
    try {
      ledger.acknowledgements(edges).forEach(this::publish);
    } catch (SQLException away) {
      LOG.debug("the ledger cannot be read edges={} error={}", edges.size(), away.getMessage());
      edges.forEach(
          (edge, frames) ->
              frames.forEach((frame, conflicting) -> settled(edge, frame, conflicting)));
      Thread.sleep(PAUSE);
    } catch (RuntimeException fault) {
      if (edges.size() == 1) {
        LOG.error("an edge could not be answered edge={}", edges.keySet(), fault);
        return;
      }
      for (Map.Entry<String, Map<FrameId, Boolean>> edge : edges.entrySet()) {
        tell(Map.of(edge.getKey(), edge.getValue()));
      }
    }
  }
}
