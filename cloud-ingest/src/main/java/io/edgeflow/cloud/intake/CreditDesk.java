package io.edgeflow.cloud.intake;

import io.edgeflow.cloud.store.Credits;
import io.edgeflow.cloud.store.FrameWriter;
import io.edgeflow.cloud.store.WriterLoad;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the credits of the connected edges: looks at the writers four times a second, and tells
 * edges whose credit has become very wrong. All others hear with their next acknowledgement. Each
 * writer has its part of what may be under way, which its own load opens and closes: one that
 * stalls takes the credit of its own edges, not of all. Thread-safe.
 */
final class CreditDesk implements Credits, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CreditDesk.class);
  private static final Duration STEP = Duration.ofMillis(250);

  /** Told in a step: a thousand edges are told in a second, in a megabyte. */
  private static final int MOST_TOLD = 250;

  // Guarded by this.
  private final List<CreditPolicy> policies;
  private final Map<String, String> edges = new HashMap<>();

  private @Nullable Thread thread;

  CreditDesk(int writers) {
    CreditPolicy.Settings part = CreditPolicy.Settings.STANDARD.part(writers);
    this.policies = Stream.generate(() -> new CreditPolicy(part)).limit(writers).toList();
  }

  /**
   * Begins to look at the writers.
   *
   * @param loads one for each writer
   * @param tell gives an edge its credit, by asking here; returns at once
   */
  synchronized void start(Supplier<List<WriterLoad>> loads, Consumer<String> tell) {
    thread = Thread.ofPlatform().daemon().name("credits").start(() -> work(loads, tell));
  }

  private CreditPolicy policy(String edge) {
    return policies.get(FrameWriter.writerOf(edge, policies.size()));
  }

  @Override
  public synchronized long grant(String edge) {
    return policy(edge).grant(edge, System.nanoTime());
  }

  /** Any thread; returns at once. */
  synchronized void arrived(String client, String edge, long bytes) {
    edges.put(client, edge);
    policy(edge).arrived(edge, bytes, System.nanoTime());
  }

  /** The connection is gone; any thread. */
  synchronized void disconnected(String client) {
    String edge = edges.remove(client);
    if (edge != null && !edges.containsValue(edge)) {
      policy(edge).gone(edge);
    }
  }

  /** Every edge shall hear soon, whatever its credit: the acknowledgement names the database. */
  synchronized void tellAll() {
    policies.forEach(CreditPolicy::tellAll);
  }

  /** The sum of what edges were told, bytes. */
  synchronized long granted() {
    return policies.stream().mapToLong(CreditPolicy::granted).sum();
  }

  private synchronized List<String> step(List<WriterLoad> loads) {
    long now = System.nanoTime();
    List<String> misled = new ArrayList<>();
    for (int i = 0; i < policies.size(); i++) {
      policies.get(i).step(loads.get(i), now);
      misled.addAll(policies.get(i).misled(MOST_TOLD / policies.size(), now));
    }
    return misled;
  }

  private void work(Supplier<List<WriterLoad>> loads, Consumer<String> tell) {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        Thread.sleep(STEP);
        try {
          step(loads.get()).forEach(tell);
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
