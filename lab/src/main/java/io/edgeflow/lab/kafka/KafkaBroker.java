package io.edgeflow.lab.kafka;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.edgeflow.lab.child.Ports;
import io.edgeflow.process.kafka.KafkaConfig;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import kafka.server.KafkaConfig$;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * A real Kafka broker that is its own controller, on loopback, in this process. It makes topics on
 * the slightest provocation, as brokers do that nobody has set up with care.
 */
public final class KafkaBroker implements AutoCloseable {
  private static final String CONTROLLER = "CONTROLLER";

  private final Map<String, String> properties;
  private final int port;
  private @Nullable KafkaRaftServer server;

  private KafkaBroker(Path folder, int port, int controllerPort) {
    this.port = port;
    this.properties =
        Map.ofEntries(
            Map.entry("process.roles", "broker,controller"),
            Map.entry("node.id", "1"),
            Map.entry("controller.quorum.voters", "1@127.0.0.1:" + controllerPort),
            Map.entry(
                "listeners",
                "PLAINTEXT://127.0.0.1:%d,%s://127.0.0.1:%d"
                    .formatted(port, CONTROLLER, controllerPort)),
            Map.entry("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port),
            Map.entry("controller.listener.names", CONTROLLER),
            Map.entry("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT"),
            Map.entry("log.dirs", folder.toString()),
            Map.entry("num.partitions", "3"),
            Map.entry("offsets.topic.num.partitions", "1"),
            Map.entry("offsets.topic.replication.factor", "1"),
            Map.entry("group.initial.rebalance.delay.ms", "0"),
            Map.entry("auto.create.topics.enable", "true"),
            Map.entry("log.cleaner.dedupe.buffer.size", "2097152"),
            Map.entry("num.network.threads", "1"),
            Map.entry("num.io.threads", "2"),
            Map.entry("background.threads", "1"));
  }

  /**
   * @param folder empty
   */
  public static KafkaBroker start(Path folder) throws Exception {
    return start(folder, Ports.free(), Ports.free());
  }

  /**
   * As the other, at ports of the caller's.
   *
   * @param folder empty, or of one that ran at these ports before
   */
  static KafkaBroker start(Path folder, int port, int controllerPort) throws Exception {
    System.setProperty("log4j2.StatusLogger.level", "OFF");
    for (String chatty : List.of("kafka", "org.apache.kafka", "state.change.logger")) {
      ((Logger) LoggerFactory.getLogger(chatty)).setLevel(Level.ERROR);
    }
    var broker = new KafkaBroker(folder, port, controllerPort);
    if (!Files.exists(folder.resolve("meta.properties"))) {
      format(folder);
    }
    broker.start();
    return broker;
  }

  private static void format(Path folder) throws Exception {
    new Formatter()
        .setPrintStream(
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
        .setNodeId(1)
        .setClusterId(Uuid.randomUuid().toString())
        .addDirectory(folder.toString())
        .setMetadataLogDirectory(folder.toString())
        .setControllerListenerName(CONTROLLER)
        .run();
  }

  /** Again, with what it had, at the same port. */
  public void start() {
    var starting = new KafkaRaftServer(KafkaConfig$.MODULE$.apply(properties, false), Time.SYSTEM);
    server = starting;
    starting.startup();
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
  public KafkaConfig config() {
    return config(Map.of());
  }

  /** As the other, with more properties. */
  public KafkaConfig config(Map<String, String> more) {
    Map<String, String> all = new HashMap<>(more);
    all.put("reconnect.backoff.max.ms", "200");
    return new KafkaConfig(List.of("127.0.0.1:" + port), all, Map.of());
  }

  public Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", "127.0.0.1:" + port));
  }

  /** Makes a topic of three partitions. */
  public void make(String topic, Map<String, String> settings) throws Exception {
    try (Admin admin = admin()) {
      admin.createTopics(List.of(new NewTopic(topic, 3, (short) 1).configs(settings))).all().get();
    }
  }

  /** Deletes those topics that there are. */
  public void forget(String... topics) throws Exception {
    try (Admin admin = admin()) {
      Set<String> there = new HashSet<>(admin.listTopics().names().get());
      there.retainAll(List.of(topics));
      admin.deleteTopics(there).all().get();
    }
  }

  /** Writes a record as anybody might, into any partition. */
  public void put(String topic, int partition, @Nullable String key, byte @Nullable [] value)
      throws InterruptedException, ExecutionException {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", "127.0.0.1:" + port, "max.request.size", 4 << 20);
    try (var producer =
        new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(topic, partition, key, value)).get();
    }
  }
}
