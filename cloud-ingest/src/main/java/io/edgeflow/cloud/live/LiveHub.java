package io.edgeflow.cloud.live;

import io.edgeflow.cloud.store.CommittedBatch;
import io.edgeflow.cloud.store.LiveFeed;
import io.edgeflow.process.http.EventSink;
import io.edgeflow.process.http.HttpRefusal;
import io.edgeflow.process.http.Request;
import io.edgeflow.process.http.Routes;
import io.edgeflow.wire.frame.Frame;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows committed frames to everyone who listens at {@code /api/v1/stream}. The writer hands over
 * and goes on; a thread of its own makes the texts. If that falls behind, frames are left out and
 * every listener is told so by a {@code gap}: what was left out is in the database.
 */
public final class LiveHub implements LiveFeed, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LiveHub.class);

  /** Batches, each as large as a transaction. */
  private static final int WAITING = 256;

  private static final int MOST_PATTERNS = 200;

  private final BlockingQueue<CommittedBatch> waiting = new ArrayBlockingQueue<>(WAITING);
  private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean leftOut = new AtomicBoolean();
  private final UnaryOperator<String> names;
  private final Thread courier;

  /** Shows series by the names that edges send. */
  public LiveHub() {
    this(UnaryOperator.identity());
  }

  /**
   * @param names what people call a series, by what its edge does; called by the hub's own thread,
   *     may block
   */
  public LiveHub(UnaryOperator<String> names) {
    this.names = names;
    courier = Thread.ofPlatform().daemon().name("live").start(this::carry);
  }

  /** Adds the stream that listeners connect to. */
  public Routes register(Routes routes) {
    return routes.stream("/api/v1/stream", this::open);
  }

  /** Any thread; returns at once. */
  @Override
  public void committed(CommittedBatch batch) {
    if (!listeners.isEmpty() && !waiting.offer(batch)) {
      leftOut.set(true);
    }
  }

  @Override
  public void close() {
    courier.interrupt();
  }

  private AutoCloseable open(Request request, EventSink sink) {
    for (String name : request.query().keySet()) {
      if (!name.equals("series")) {
        throw HttpRefusal.badRequest(name + " is no parameter of the stream: it takes series");
      }
    }
    List<String> patterns = request.all("series");
    if (patterns.size() > MOST_PATTERNS || patterns.stream().anyMatch(String::isBlank)) {
      throw HttpRefusal.badRequest(
          "series must be a name or pattern such as pi-*/flow, given at most %d times"
              .formatted(MOST_PATTERNS));
    }
    var listener = new Listener(sink, SeriesFilter.of(patterns));
    listeners.add(listener);
    sink.send("open", "{}");
    return () -> listeners.remove(listener);
  }

  private void carry() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        CommittedBatch batch = waiting.take();
        if (leftOut.getAndSet(false)) {
          listeners.removeIf(listener -> !listener.sink().send("gap", "{}"));
        }
        for (Frame frame : batch.stored()) {
          show(frame.edge(), () -> new FrameNews(frame, batch::isGathered, names));
        }
        if (!batch.digests().isEmpty()) {
          show("", () -> new FrameNews(batch.digests()));
        }
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private void show(String edge, Supplier<FrameNews> made) {
    try {
      FrameNews news = made.get();
      listeners.removeIf(listener -> !listener.show(news));
    } catch (RuntimeException odd) {
      log.warn("a frame could not be shown live edge={}", edge, odd);
    }
  }
}
