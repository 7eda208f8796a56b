package io.edgeflow.cloud.kafka;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.edgeflow.cloud.Await;
import io.edgeflow.loopback.Loopback;
import io.edgeflow.process.kafka.KafkaCluster;
import io.edgeflow.process.kafka.KafkaConfig;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kafka.server.KafkaConfig$;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** A real Kafka broker that is its own controller, on loopback, in this process. */
public final class TestBroker implements AutoCloseable {
  private final Map<String, String> properties;
  private final String address;
  private @Nullable KafkaRaftServer server;

  private TestBroker(Path folder, int port, int controller) {
    this.address = "127.0.0.1:" + port;
    this.properties =
        Map.ofEntries(
            Map.entry("process.roles", "broker,controller"),
            Map.entry("node.id", "1"),
            Map.entry("controller.quorum.voters", "1@127.0.0.1:" + controller),
            Map.entry(
                "listeners",
                "PLAINTEXT://%s,CONTROLLER://127.0.0.1:%d".formatted(address, controller)),
            Map.entry("advertised.listeners", "PLAINTEXT://" + address),
            Map.entry("controller.listener.names", "CONTROLLER"),
            Map.entry("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT"),
            Map.entry("log.dirs", folder.toString()),
            Map.entry("offsets.topic.num.partitions", "1"),
            Map.entry("offsets.topic.replication.factor", "1"),
            Map.entry("group.initial.rebalance.delay.ms", "0"),
            Map.entry("auto.create.topics.enable", "false"),
            Map.entry("log.cleaner.dedupe.buffer.size", "2097152"),
            Map.entry("num.network.threads", "1"),
            Map.entry("num.io.threads", "2"),
            Map.entry("background.threads", "1"));
  }

  /**
   * One that was never started.
   *
   * @param folder empty
   */
  public static TestBroker format(Path folder) throws Exception {
    System.setProperty("log4j2.StatusLogger.level", "OFF");
    for (String chatty : List.of("kafka", "org.apache.kafka", "state.change.logger")) {
      ((Logger) LoggerFactory.getLogger(chatty)).setLevel(Level.ERROR);
    }
    var broker = new TestBroker(folder, Loopback.freePort(), Loopback.freePort());
    new Formatter()
        .setPrintStream(
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
        .setNodeId(1)
        .setClusterId(Uuid.randomUuid().toString())
        .addDirectory(folder.toString())
        .setMetadataLogDirectory(folder.toString())
        .setControllerListenerName("CONTROLLER")
        .run();
    return broker;
  }

  /** With what it had, at the same port. */
  public TestBroker start() {
    var starting = new KafkaRaftServer(KafkaConfig$.MODULE$.apply(properties, false), Time.SYSTEM);
    server = starting;
    starting.startup();
    return this;
  }

  /** Its connections break; what it took, it keeps. */
  public void stop() {
    KafkaRaftServer running = server;
    server = null;
    if (running != null) {
      running.shutdown();
      running.awaitShutdown();
    }
  }

  @Override
  public void close() {
    stop();
  }

  /** How to reach it; clients that lost it try again soon. */
  public KafkaCluster cluster() {
    return cluster(Map.of());
  }

  /** As the other, and they soon give up what it does not take, which it may have taken. */
  public KafkaCluster cluster(Duration patience) {
    return cluster(
        Map.of(
            "request.timeout.ms", Long.toString(patience.toMillis() / 2),
            "delivery.timeout.ms", Long.toString(patience.toMillis())));
  }

  private KafkaCluster cluster(Map<String, String> more) {
    Map<String, String> all = new HashMap<>(more);
    all.put("reconnect.backoff.max.ms", "200");
    all.put("heartbeat.interval.ms", "200");
    all.put("metadata.max.age.ms", "1000");
    return new KafkaCluster(new KafkaConfig(List.of(address), all, Map.of()), "test");
  }

  public Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", address));
  }

  public void delete(String topic) throws Exception {
    try (Admin admin = admin()) {
      admin.deleteTopics(List.of(topic)).all().get();
    }
  }

  /** Records that a topic was ever given. */
  public long end(String topic, int partition) throws Exception {
    var asked = new TopicPartition(topic, partition);
    try (Admin admin = admin()) {
      return admin
          .listOffsets(Map.of(asked, org.apache.kafka.clients.admin.OffsetSpec.latest()))
          .partitionResult(asked)
          .get()
          .offset();
    }
  }

  /** Waits for so many records of the first partition: keys and values, with a blank between. */
  public List<String> records(String topic, int count) throws Exception {
    List<String> found = new ArrayList<>();
    try (var consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", address, "auto.offset.reset", "earliest"),
            new StringDeserializer(),
            new StringDeserializer())) {
      consumer.assign(List.of(new TopicPartition(topic, 0)));
      Await.until(
          count + " records",
          () -> {
            consumer
                .poll(Duration.ofMillis(100))
                .forEach(record -> found.add(record.key() + " " + record.value()));
            return found.size() >= count;
          });
    }
    return found;
  }

  /** The position that a group committed; 0 if none. */
  public long committed(String group, String topic, int partition) throws Exception {
    try (Admin admin = admin()) {
      OffsetAndMetadata found =
          admin
              .listConsumerGroupOffsets(group)
              .partitionsToOffsetAndMetadata()
              .get()
              .get(new TopicPartition(topic, partition));
      return found == null ? 0 : found.offset();
    }
  }

  /** Writes a record as anybody might. */
  public void put(String topic, byte @Nullable [] key, byte @Nullable [] value) throws Exception {
    try (var producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", address),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(topic, 0, key, value)).get();
    }
  }
}
