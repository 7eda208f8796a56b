package io.edgeflow.process.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a topic for as long as it is open, on a thread of its own: while no broker answers or the
 * topic is not there it tries again, and nobody waits for it. Each record is handed on at least
 * once, those of one partition in their order.
 */
public final class TopicReader implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TopicReader.class);
  private static final byte[] NOTHING = {};
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration GOODBYE = Duration.ofSeconds(2);
  private static final long LOOK_NANOS = Duration.ofSeconds(1).toNanos();

  /** Somebody may give the topic more partitions. */
  private static final long PARTITIONS_NANOS = Duration.ofMinutes(1).toNanos();

  private final KafkaCluster cluster;
  private final String topic;
  private final Optional<String> group;
  private final String first;
  private final RecordSink sink;
  private final Worker worker;
  private final Health health;
  private volatile @Nullable KafkaConsumer<byte[], byte[]> current;

  private TopicReader(
      KafkaCluster cluster, String topic, Optional<String> group, String first, RecordSink sink) {
    this.cluster = cluster;
    this.topic = topic;
    this.group = group;
    this.first = first;
    this.sink = sink;
    this.worker = new Worker("reader of " + topic, this::attempt);
    this.health = worker.health();
  }

  /** Everything that the topic holds, from its beginning, then what comes; again at each start. */
  public static TopicReader everything(KafkaCluster cluster, String topic, RecordSink sink) {
    return start(new TopicReader(cluster, topic, Optional.empty(), "earliest", sink));
  }

  /**
   * What no member of the group has had yet.
   *
   * @param past whether the first member ever gets what the topic holds already
   */
  public static TopicReader inGroup(
      KafkaCluster cluster, String topic, String group, boolean past, RecordSink sink) {
    String first = past ? "earliest" : "latest";
    return start(new TopicReader(cluster, topic, Optional.of(group), first, sink));
  }

  private static TopicReader start(TopicReader reader) {
    reader.worker.start();
    return reader;
  }

  /** Returns at once. */
  public KafkaState state() {
    return health.state();
  }

  /** Waits for the reader's thread to end, a few seconds at most. */
  @Override
  public void close() {
    health.close();
    KafkaConsumer<byte[], byte[]> reading = current;
    if (reading != null) {
      reading.wakeup();
    }
    worker.close(GOODBYE.multipliedBy(2));
  }

  /** Until something fails, or it is closed. */
  private void attempt() {
    KafkaConsumer<byte[], byte[]> consumer = null;
    try {
      consumer = new KafkaConsumer<>(ClientProperties.consumer(cluster, group, first));
      current = consumer;
      read(consumer);
    } finally {
      current = null;
      close(consumer);
    }
  }

  private static void close(@Nullable KafkaConsumer<byte[], byte[]> consumer) {
    try {
      if (consumer != null) {
        consumer.close(CloseOptions.timeout(GOODBYE));
      }
    } catch (KafkaException failed) {
      LOG.debug("a consumer did not close in order", failed);
    }
  }

  private void read(KafkaConsumer<byte[], byte[]> consumer) {
    take(consumer);
    long looked = System.nanoTime();
    long took = looked;
    while (!health.isClosed()) {
      hand(consumer, consumer.poll(POLL));
      long now = System.nanoTime();
      if (now - looked >= LOOK_NANOS) {
        looked = now;
        health.look(consumer.metrics());
      }
      if (group.isEmpty() && now - took >= PARTITIONS_NANOS && health.state().connected()) {
        took = now;
        take(consumer);
      }
    }
  }

  /** Asks for all partitions that there are now; where it has read already, it goes on. */
  private void take(KafkaConsumer<byte[], byte[]> consumer) {
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(one -> new TopicPartition(topic, one.partition()))
            .toList();
    if (partitions.isEmpty()) {
      throw new KafkaException("there is no topic " + topic);
    }
    if (group.isPresent()) {
      consumer.subscribe(List.of(topic));
    } else {
      consumer.assign(partitions);
    }
    health.well("");
  }

  private void hand(
      KafkaConsumer<byte[], byte[]> consumer, ConsumerRecords<byte[], byte[]> records) {
    for (ConsumerRecord<byte[], byte[]> record : records) {
      hand(record);
    }
    if (group.isPresent() && !records.isEmpty()) {
      consumer.commitSync();
    }
  }

  /** One record that somebody cannot bear holds up no other. */
  private void hand(ConsumerRecord<byte[], byte[]> record) {
    try {
      sink.take(new String(orNothing(record.key()), UTF_8), orNothing(record.value()));
    } catch (RuntimeException unbearable) {
      LOG.error(
          "a record could not be handled topic={} partition={} offset={}",
          topic,
          record.partition(),
          record.offset(),
          unbearable);
    }
  }

  private static byte[] orNothing(byte @Nullable [] bytes) {
    return bytes == null ? NOTHING : bytes;
  }
}
