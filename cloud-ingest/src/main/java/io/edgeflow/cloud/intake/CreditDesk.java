package io.edgeflow.cloud.intake;

import io.edgeflow.cloud.store.Credits;
import io.edgeflow.cloud.store.WriterLoad;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the credits of the connected edges: looks at the writer four times a second, and tells
 * edges whose credit has become very wrong. All others hear with their next acknowledgement.
 * Thread-safe.
 */
final class CreditDesk implements Credits, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CreditDesk.class);
  private static final Duration STEP = Duration.ofMillis(250);

  /** Told in a step: a thousand edges are told in a second, in a megabyte. */
  private static final int MOST_TOLD = 250;

  // Guarded by this.
  private final CreditPolicy policy = new CreditPolicy(CreditPolicy.Settings.STANDARD);
  private final Map<String, String> edges = new HashMap<>();

  private @Nullable Thread thread;

  /**
   * Begins to look at the writer.
   *
   * @param tell gives an edge its credit, by asking here; returns at once
   */
  synchronized void start(Supplier<WriterLoad> load, Consumer<String> tell) {
    thread = Thread.ofPlatform().daemon().name("credits").start(() -> work(load, tell));
  }

  @Override
  public synchronized long grant(String edge) {
    return policy.grant(edge, System.nanoTime());
  }

  /** Any thread; returns at once. */
  synchronized void arrived(String client, String edge, long bytes) {
    edges.put(client, edge);
    policy.arrived(edge, bytes, System.nanoTime());
  }

  /** The connection is gone; any thread. */
  synchronized void disconnected(String client) {
    String edge = edges.remove(client);
    if (edge != null && !edges.containsValue(edge)) {
      policy.gone(edge);
    }
  }

  /** Every edge shall hear soon, whatever its credit: the acknowledgement names the database. */
  synchronized void tellAll() {
    policy.tellAll();
  }

  /** The sum of what edges were told, bytes. */
  synchronized long granted() {
    return policy.granted();
  }

  private synchronized List<String> step(WriterLoad load) {
    long now = System.nanoTime();
    policy.step(load, now);
    return policy.misled(MOST_TOLD, now);
  }

  private void work(Supplier<WriterLoad> load, Consumer<String> tell) {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        Thread.sleep(STEP);
        try {
          step(load.get()).forEach(tell);
        } catch (RuntimeException fault) {
          LOG.error("credits could not be told", fault);
        }
      }
    } catch (InterruptedException asked) {
      LOG.debug("no longer granting");
    }
  }

  @Override
  public void close() {
    Thread working;
    synchronized (this) {
      working = thread;
    }
    if (working == null) {
      return;
    }
    working.interrupt();
    try {
      working.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
