package io.edgeflow.lab.sim;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Sensors behind one MQTT connection. They publish at QoS 1 and keep every message until it is
 * acknowledged: after a reconnect what is still open goes out again, in its old order and with its
 * old stamps, before anything new.
 *
 * <p>While {@link PublisherSettings#maxOpen} messages are open, sensors say nothing new. One thread
 * owns everything but the account and the counters, which any thread may read.
 */
public final class PlantPublisher implements AutoCloseable {
  private static final Duration ACK_LIMIT = Duration.ofSeconds(20);
  private static final Duration RETRY_FIRST = Duration.ofMillis(50);
  private static final Duration RETRY_CAP = Duration.ofMillis(250);
  private static final long MOST_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  /** What the owner is told by the client's threads. */
  private sealed interface News {
    record Settled(long number, SensorLink.Fate fate, long connection) implements News {}

    record Ended(long connection) implements News {}

    record Nudge() implements News {}
  }

  private record Open(OutgoingMessage message, long sentNanos) {}

  private final PublisherSettings settings;
  private final LongSupplier clockMicros;
  private final AcknowledgedAccount account = new AcknowledgedAccount();
  private final AtomicLong connections = new AtomicLong();
  private final AtomicLong repetitions = new AtomicLong();
  private final AtomicLong refusals = new AtomicLong();
  private final LinkedBlockingQueue<News> news = new LinkedBlockingQueue<>();
  private final Thread owner;

  private volatile boolean speaking = true;
  private volatile boolean closing;

  // Owned by the owner thread.
  private final Speech speech;
  private final Map<Long, Open> open = new LinkedHashMap<>();
  private @Nullable SensorLink link;
  private long connection;
  private int failures;
  private long lastNumber;
  private long startNanos;

  /**
   * @param clockMicros the time of the plant: what its stamps and signals are made of
   */
  public PlantPublisher(
      List<SimulatedPoint> points, PublisherSettings settings, LongSupplier clockMicros) {
    this.settings = settings;
    this.clockMicros = clockMicros;
    this.speech = Speech.of(points, settings);
    this.owner = new Thread(this::live, "plant-" + settings.clientId());
    this.owner.setDaemon(true);
  }

  /** Begins; connects as soon as there is a broker. Once. */
  public void start() {
    owner.start();
  }

  /** Says nothing new from now on, but goes on sending what is open until it is acknowledged. */
  public void fallSilent() {
    speaking = false;
    news.add(new News.Nudge());
  }

  /**
   * Falls silent and waits until everything is acknowledged.
   *
   * @return false if that did not happen in time
   */
  public boolean drain(Duration limit) throws InterruptedException {
    fallSilent();
    long deadline = System.nanoTime() + limit.toNanos();
    while (account.open() > 0) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      TimeUnit.MILLISECONDS.sleep(5);
    }
    return true;
  }

  /** Ends at once; what is open stays open in the account. */
  @Override
  public void close() {
    closing = true;
    news.add(new News.Nudge());
    try {
      owner.join(Duration.ofSeconds(6));
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  public AcknowledgedAccount account() {
    return account;
  }

  /** Connections made so far. */
  public long connections() {
    return connections.get();
  }

  /** Messages sent again after a reconnect. */
  public long repetitions() {
    return repetitions.get();
  }

  /** Messages that the broker answered with an error: never sent again. */
  public long refusals() {
    return refusals.get();
  }

  private void live() {
    startNanos = System.nanoTime();
    try {
      while (!closing) {
        if (link == null && !reconnect()) {
          continue;
        }
        speak();
        hear(news.poll(untilNextNanos(), TimeUnit.NANOSECONDS));
        giveUpOnASilentBroker();
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    } finally {
      hangUp();
    }
  }

  private boolean reconnect() throws InterruptedException {
    long mine = ++connection;
    Optional<SensorLink> made =
        SensorLink.connect(
            settings.broker(),
            settings.clientId(),
            settings.credentials(),
            () -> news.add(new News.Ended(mine)));
    if (made.isEmpty()) {
      TimeUnit.MILLISECONDS.sleep(pauseMillis());
      failures++;
      return false;
    }
    failures = 0;
    connections.incrementAndGet();
    link = made.get();
    // Nobody is owed garbage, and if it was what ended the connection it would do so again.
    open.values().removeIf(one -> one.message().readings().isEmpty());
    List<Map.Entry<Long, Open>> left = List.copyOf(open.entrySet());
    for (Map.Entry<Long, Open> entry : left) {
      repetitions.incrementAndGet();
      account.again(entry.getValue().message());
      send(entry.getKey(), entry.getValue().message());
    }
    return true;
  }

  private long pauseMillis() {
    return Math.min(RETRY_FIRST.toMillis() << Math.min(failures, 10), RETRY_CAP.toMillis());
  }

  private void speak() {
    if (speaking) {
      long elapsed = System.nanoTime() - startNanos;
      speech.due(elapsed, settings.maxOpen() - open.size(), clockMicros).forEach(this::begin);
    }
  }

  private void begin(OutgoingMessage message) {
    account.first(message);
    send(++lastNumber, message);
  }

  private void send(long number, OutgoingMessage message) {
    open.put(number, new Open(message, System.nanoTime()));
    long mine = connection;
    if (link != null) {
      link.publish(message, fate -> news.add(new News.Settled(number, fate, mine)));
    }
  }

  private void hear(@Nullable News first) {
    News next = first;
    while (next != null) {
      switch (next) {
        case News.Settled(long number, SensorLink.Fate fate, long from) ->
            settled(number, fate, from);
        case News.Ended(long from) -> endedIfMine(from);
        case News.Nudge() -> {}
      }
      next = news.poll();
    }
  }

  private void settled(long number, SensorLink.Fate fate, long from) {
    switch (fate) {
      case LOST -> endedIfMine(from);
      case ACKNOWLEDGED -> {
        Open was = open.remove(number);
        if (was != null) {
          account.acknowledged(was.message());
        }
      }
      case REFUSED -> {
        if (open.remove(number) != null) {
          refusals.incrementAndGet();
        }
      }
    }
  }

  private void endedIfMine(long from) {
    if (from == connection) {
      hangUp();
    }
  }

  private void giveUpOnASilentBroker() {
    if (open.isEmpty() || link == null) {
      return;
    }
    long oldest = open.values().iterator().next().sentNanos();
    if (System.nanoTime() - oldest > ACK_LIMIT.toNanos()) {
      hangUp();
    }
  }

  private void hangUp() {
    if (link != null) {
      link.close();
      link = null;
    }
  }

  private long untilNextNanos() {
    if (!speaking || open.size() >= settings.maxOpen()) {
      return MOST_WAIT_NANOS;
    }
    return Math.min(MOST_WAIT_NANOS, speech.untilNextNanos(System.nanoTime() - startNanos));
  }
}
