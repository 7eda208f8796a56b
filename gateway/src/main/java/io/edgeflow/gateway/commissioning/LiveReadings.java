package io.edgeflow.gateway.commissioning;

import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.process.http.EventSink;
import io.edgeflow.process.http.Json;
import io.edgeflow.process.http.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Accepted readings as they come, for whoever listens on {@code /api/v1/stream}. Recording never
 * waits for a listener: without one a reading costs a look at an empty list, with one an offer to a
 * bounded queue, and what finds no room there is counted and told.
 *
 * <pre>event: readings
 * data: {"dropped":0,"readings":[{"series":…,"t":…,"value":…,"quality":"good"}]}</pre>
 */
public final class LiveReadings implements AutoCloseable {
  private static final int WAITING = 8192;
  private static final int BATCH = 256;

  private record Entry(
      String series, long timeMicros, double number, @Nullable String text, Quality quality) {}

  record Row(String series, long t, @Nullable Object value, String quality) {}

  record Batch(long dropped, List<Row> readings) {}

  private record Listener(Predicate<String> wanted, EventSink sink) {}

  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private final BlockingQueue<Entry> queue = new ArrayBlockingQueue<>(WAITING);
  private final AtomicLong dropped = new AtomicLong();
  private final Thread sender = Thread.ofPlatform().daemon().name("live").unstarted(this::send);

  public LiveReadings() {
    sender.start();
  }

  /** An accepted reading. Any thread; never waits. */
  public void accepted(
      String series, long timeMicros, double number, @Nullable String text, Quality quality) {
    if (!listeners.isEmpty()
        && !queue.offer(new Entry(series, timeMicros, number, text, quality))) {
      dropped.incrementAndGet();
    }
  }

  /** A listener to readings; {@code match=} as for the latest ones. */
  AutoCloseable feed(Request request, EventSink sink) {
    var listener = new Listener(LatestQuery.matching(request.one("match").orElse("")), sink);
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  int listening() {
    return listeners.size();
  }

  @Override
  public void close() {
    sender.interrupt();
  }

  private void send() {
    List<Entry> batch = new ArrayList<>(BATCH);
    try {
      while (true) {
        batch.add(queue.take());
        queue.drainTo(batch, BATCH - 1);
        long lost = dropped.getAndSet(0);
        for (Listener listener : listeners) {
          send(batch, lost, listener);
        }
        batch.clear();
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private void send(List<Entry> batch, long lost, Listener listener) {
    List<Row> rows =
        batch.stream()
            .filter(entry -> listener.wanted().test(entry.series()))
            .map(LiveReadings::row)
            .toList();
    boolean tells = lost > 0 || !rows.isEmpty();
    if (tells && !listener.sink().send("readings", Json.text(new Batch(lost, rows)))) {
      listeners.remove(listener);
    }
  }

  private static Row row(Entry entry) {
    Object value = entry.text() == null ? (Object) entry.number() : entry.text();
    return new Row(
        entry.series(),
        entry.timeMicros() / 1000,
        value,
        entry.quality().name().toLowerCase(Locale.ROOT));
  }
}
