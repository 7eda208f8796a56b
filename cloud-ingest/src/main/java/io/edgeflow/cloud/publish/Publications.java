package io.edgeflow.cloud.publish;

import io.edgeflow.cloud.config.CloudKafka.Publish;
import io.edgeflow.cloud.store.CommittedBatch;
import io.edgeflow.cloud.store.LiveFeed;
import io.edgeflow.process.kafka.KafkaCluster;
import io.edgeflow.process.kafka.KafkaState;
import io.edgeflow.process.kafka.KafkaTopics;
import io.edgeflow.process.kafka.TopicAppender;
import io.edgeflow.process.kafka.TopicPlan;
import io.edgeflow.wire.frame.Frame;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes what this process stored, after the commit, keyed by edge: each row at least once for
 * as long as there is room for what waits. The writer hands over and goes on; what finds no room is
 * left out, counted and told. What was left out is in the database.
 */
public final class Publications implements LiveFeed, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Publications.class);

  /** Rows that wait, decoded: some 60 MiB where Kafka is away for long. */
  private static final int WAITING_ROWS = 200_000;

  private static final long UNCONFIRMED_BYTES = 8L << 20;
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final Duration NO_ROOM = Duration.ofMillis(50);
  private static final Duration GOODBYE = Duration.ofSeconds(2);
  private static final long TELL_NANOS = Duration.ofMinutes(1).toNanos();

  private record Waiting(Frame frame, int rows) {}

  @SuppressWarnings("ArrayRecordComponent") // handed on, compared by nobody
  private record Row(Publish what, String edge, byte[] json) {}

  private final Map<Publish, TopicAppender> topics = new EnumMap<>(Publish.class);
  private final MeterRegistry registry;
  private final Semaphore room = new Semaphore(WAITING_ROWS);
  private final BlockingQueue<Waiting> waiting = new LinkedBlockingQueue<>();

  /** What Kafka did not take; no more than was unconfirmed. */
  private final ConcurrentLinkedQueue<Row> again = new ConcurrentLinkedQueue<>();

  private final Thread thread =
      Thread.ofPlatform().daemon().name("publications").unstarted(this::work);
  private volatile boolean closed;
  private volatile long toldNanos = System.nanoTime() - TELL_NANOS;

  private Publications(MeterRegistry registry) {
    this.registry = registry;
  }

  /** Returns at once, whether or not there is a cluster; makes topics where there are none. */
  public static Publications start(
      KafkaCluster cluster,
      List<Publish> what,
      int partitions,
      Duration retention,
      MeterRegistry registry) {
    Publications publications = new Publications(registry);
    for (Publish one : what) {
      TopicPlan plan = new TopicPlan(topic(one), Optional.of(partitions), retention, 1 << 20);
      publications.topics.put(one, TopicAppender.open(cluster, plan, UNCONFIRMED_BYTES));
    }
    publications.thread.start();
    return publications;
  }

  static String topic(Publish what) {
    return switch (what) {
      case WINDOWS -> KafkaTopics.WINDOWS;
      case EVENTS -> KafkaTopics.EVENTS;
    };
  }

  @Override
  public void committed(CommittedBatch batch) {
    for (Frame frame : batch.stored()) {
      int rows = rows(frame);
      if (rows == 0) {
        continue;
      }
      if (room.tryAcquire(rows)) {
        waiting.add(new Waiting(frame, rows));
      } else {
        leftOut(rows);
      }
    }
  }

  private int rows(Frame frame) {
    int windows = topics.containsKey(Publish.WINDOWS) ? frame.windows().size() : 0;
    return windows + (topics.containsKey(Publish.EVENTS) ? frame.events().size() : 0);
  }

  private void leftOut(int rows) {
    count("left-out", rows);
    long now = System.nanoTime();
    if (now - toldNanos >= TELL_NANOS) {
      toldNanos = now;
      LOG.warn("rows are not published: Kafka is behind rows={}", rows);
    }
  }

  private void count(String outcome, int rows) {
    registry.counter("edgeflow.published", "outcome", outcome).increment(rows);
  }

  /** How it goes, at this moment. */
  public KafkaState state() {
    return topics.values().stream()
        .map(TopicAppender::state)
        .reduce(KafkaState::of)
        .orElse(new KafkaState(true, ""));
  }

  /** Publishes what waits, for two seconds at most. */
  @Override
  public void close() {
    closed = true;
    try {
      if (!thread.join(GOODBYE)) {
        thread.interrupt();
        thread.join(GOODBYE);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    topics.values().forEach(TopicAppender::close);
  }

  private void work() {
    try {
      while (true) {
        Waiting next = waiting.poll(LOOK.toMillis(), TimeUnit.MILLISECONDS);
        for (Row failed = again.poll(); failed != null; failed = again.poll()) {
          append(failed);
        }
        if (next != null) {
          publish(next.frame());
          room.release(next.rows());
        } else if (closed) {
          return;
        }
      }
    } catch (InterruptedException asked) {
      LOG.debug("no longer publishing rows={}", WAITING_ROWS - room.availablePermits());
    }
  }

  private void publish(Frame frame) throws InterruptedException {
    publish(Publish.WINDOWS, frame, frame.windows().size(), row -> StoredRows.window(frame, row));
    publish(Publish.EVENTS, frame, frame.events().size(), row -> StoredRows.event(frame, row));
  }

  private void publish(Publish what, Frame frame, int rows, IntFunction<byte[]> json)
      throws InterruptedException {
    if (!topics.containsKey(what)) {
      return;
    }
    for (int row = 0; row < rows; row++) {
      append(new Row(what, frame.edge(), json.apply(row)));
    }
  }

  /** Waits for room: meanwhile others wait in the queue, which is bounded. */
  private void append(Row record) throws InterruptedException {
    @Nullable TopicAppender topic = topics.get(record.what());
    while (topic != null && !topic.append(record.edge(), record.json(), receipt(record))) {
      Thread.sleep(NO_ROOM);
    }
  }

  private TopicAppender.Receipt receipt(Row record) {
    return new TopicAppender.Receipt() {
      @Override
      public void written() {
        count("put", 1);
      }

      @Override
      public void failed(String why) {
        if (closed) {
          count("left-out", 1);
        } else {
          again.add(record);
        }
      }
    };
  }
}
