package io.edgeflow.lab.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.cloud.deploy.kafka.KafkaDeployments;
import io.edgeflow.gateway.deploy.kafka.KafkaChannel;
import io.edgeflow.process.kafka.KafkaConfig;
import io.edgeflow.process.kafka.KafkaState;
import io.edgeflow.wire.document.Desired;
import io.edgeflow.wire.document.Reported;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both ends of Kafka, and a real broker between them. */
final class KafkaChannelsIT {
  private static final String DEPLOY = "edgeflow.deploy";
  private static final String STATUS = "edgeflow.status";
  private static final String POISON = "poison";
  private static final long PATIENCE_SECONDS = 30;

  /**
   * A producer that gives up soon. The broker answers one request of a connection at a time, and a
   * fetch of nothing when its wait is over: a consumer whose requests end no later than that breaks
   * the connection with whatever is behind the fetch.
   */
  private static final Map<String, String> HASTY =
      Map.of(
          "max.block.ms",
          "500",
          "request.timeout.ms",
          "500",
          "delivery.timeout.ms",
          "1000",
          "fetch.max.wait.ms",
          "50");

  @TempDir private static Path folder;
  private static KafkaBroker broker;
  private static int tests;

  private final BlockingQueue<String> documents = new LinkedBlockingQueue<>();
  private final BlockingQueue<Reported> reports = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> tags = new LinkedBlockingQueue<>();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  /** Groups of an earlier test have read further than there is now. */
  private final String audience = "cloud-" + ++tests;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = KafkaBroker.start(folder);
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @AfterEach
  void forgetTopics() throws Exception {
    registry.close();
    broker.forget(DEPLOY, STATUS);
  }

  @Test
  void documentsGoOutAndReportsComeIn() throws Exception {
    try (KafkaDeployments cloud = cloud(broker.config());
        KafkaChannel edge = edge("pi-7")) {
      cloud.publish("pi-8", bytes("of another"));
      cloud.publish("pi-7", bytes("one"));
      assertEquals("one", next(documents));
      cloud.publish("pi-7", bytes("two"));
      assertEquals("two", next(documents));
      edge.report(report("pi-7", 1).toBytes());
      assertEquals(report("pi-7", 1), next(reports));
      edge.report(report("pi-7", 2).toBytes());
      assertEquals(report("pi-7", 2), next(reports));
      await(cloud::state, new KafkaState(true, "")::equals);
      await(edge::state, new KafkaState(true, "")::equals);
    }
    assertEquals("compact", policy(DEPLOY));
    assertEquals("compact", policy(STATUS));
    // Whoever starts later finds what there is, and a group goes on where it was.
    try (KafkaDeployments again = cloud(broker.config());
        KafkaChannel late = edge("pi-8")) {
      assertEquals("of another", next(documents));
      late.report(report("pi-8", 1).toBytes());
      assertEquals(report("pi-8", 1), next(reports));
      await(again::state, KafkaState::connected);
    }
  }

  @Test
  void allThatIsHeldForAnEdgeIsHandedOnWhateverItsOrder() throws Exception {
    makeTopics();
    broker.put(DEPLOY, 2, "pi-7", bytes("three"));
    broker.put(DEPLOY, 0, "pi-7", bytes("one"));
    broker.put(DEPLOY, 1, "pi-7", bytes("two"));
    Set<String> first = new HashSet<>();
    try (KafkaChannel edge = edge("pi-7")) {
      for (int i = 0; i < 3; i++) {
        first.add(next(documents));
      }
      broker.put(DEPLOY, 1, "pi-7", bytes("late"));
      assertEquals("late", next(documents));
      await(edge::state, KafkaState::connected);
    }
    assertEquals(Set.of("one", "two", "three"), first);
    assertEquals(List.of(), List.copyOf(documents));
  }

  @Test
  void aBrokerThatIsAwayCostsNothingButTime() throws Exception {
    makeTopics();
    try (KafkaDeployments cloud = cloud(broker.config(HASTY));
        KafkaChannel edge = KafkaChannel.open(broker.config(HASTY), "pi-7", this::offered)) {
      cloud.publish("pi-7", bytes("before"));
      edge.report(report("pi-7", 1).toBytes());
      assertEquals("before", next(documents));
      assertEquals(report("pi-7", 1), next(reports));
      broker.stop();
      try {
        await(edge::state, state -> !state.connected());
        cloud.publish("pi-8", bytes("kept"));
        cloud.publish("pi-7", bytes("out of date soon"));
        edge.report(report("pi-7", 2).toBytes());
        // The next ones come while these are on their way.
        Thread.sleep(100);
        cloud.publish("pi-7", bytes("meanwhile"));
        edge.report(report("pi-7", 3).toBytes());
        await(cloud::state, KafkaChannelsIT::hasGivenUp);
        await(edge::state, KafkaChannelsIT::hasGivenUp);
      } finally {
        broker.start();
      }
      awaitLast(documents, "meanwhile");
      awaitLast(reports, report("pi-7", 3));
      await(edge::state, KafkaState::connected);
      await(cloud::state, KafkaState::connected);
    }
    try (KafkaChannel other = edge("pi-8")) {
      assertEquals("kept", next(documents));
      await(other::state, KafkaState::connected);
    }
  }

  /** What is waiting to be written was tried, and is to be tried again. */
  private static boolean hasGivenUp(KafkaState state) {
    return !state.connected() && !state.detail().equals("no broker can be reached");
  }

  /** Nobody gives up for it what it was reading. */
  @Test
  void aCloudThatEndedWithoutAWordIsSucceededSoon() throws Exception {
    makeTopics();
    try (KafkaChannel edge = edge("pi-7")) {
      try (KafkaDeployments ended = cloud(broker.config())) {
        edge.report(report("pi-7", 1).toBytes());
        assertEquals(report("pi-7", 1), next(reports));
        await(ended::state, KafkaState::connected);
        broker.stop();
      } finally {
        broker.start();
      }
      try (KafkaDeployments successor = cloud(broker.config())) {
        edge.report(report("pi-7", 2).toBytes());
        awaitLast(reports, report("pi-7", 2));
        await(successor::state, KafkaState::connected);
      }
    }
  }

  @Test
  void garbageHoldsUpNothing() throws Exception {
    makeTopics();
    try (KafkaDeployments cloud = cloud(broker.config());
        KafkaChannel edge = edge("pi-7")) {
      cloud.publish("pi-7", bytes("before"));
      assertEquals("before", next(documents));
      litter("pi-7");
      cloud.publish("pi-7", bytes("after"));
      assertEquals("after", next(documents));
      assertEquals(2, edge.ignored());
      edge.report(report("pi-7", 1).toBytes());
      assertEquals(report("pi-7", 1), next(reports));
      // Partitions are read in no order.
      await(() -> count(STATUS, "ignored"), ignored -> ignored == 4);
      assertEquals(List.of(), List.copyOf(reports));
    }
  }

  /** Empty, long and foreign records; the cluster itself refuses those beyond its bound. */
  private void litter(String edge) throws Exception {
    byte[] tooLong = new byte[Desired.MAX_SIGNED_BYTES + 1];
    for (int partition = 0; partition < 3; partition++) {
      broker.put(DEPLOY, partition, "pi-\u00e9", tooLong);
      broker.put(STATUS, partition, edge, partition == 0 ? new byte[20_000] : bytes("{]"));
    }
    broker.put(STATUS, 0, edge, report("pi-8", 1).toBytes());
    int partition = partitionOf(edge);
    broker.put(DEPLOY, partition, edge, bytes(POISON));
    broker.put(DEPLOY, partition, edge, tooLong);
    broker.put(DEPLOY, partition, edge, null);
    assertThrows(
        ExecutionException.class, () -> broker.put(DEPLOY, partition, edge, new byte[1 << 20]));
  }

  /** Where the last document of the edge is. */
  private int partitionOf(String edge) {
    return org.apache.kafka.common.utils.Utils.toPositive(
            org.apache.kafka.common.utils.Utils.murmur2(bytes(edge)))
        % 3;
  }

  @Test
  void somebodysWordThatAVersionIsThereIsHeardAndNothingElse() throws Exception {
    makeTopics();
    try (KafkaDeployments cloud = cloud(broker.config())) {
      await(cloud::state, KafkaState::connected);
      String heard = null;
      for (int i = 0; heard == null && i < PATIENCE_SECONDS * 10; i++) {
        // The first time a cloud is there it begins with what comes from then on.
        broker.put(DEPLOY, 0, "update", event("v1.0.0"));
        heard = tags.poll(100, TimeUnit.MILLISECONDS);
      }
      assertEquals("v1.0.0", heard);
      broker.put(DEPLOY, 0, "update", event("../x"));
      broker.put(DEPLOY, 0, "an event", bytes("{\"action\":\"delete\",\"tag\":\"v2\"}"));
      broker.put(DEPLOY, 0, "pi-7", bytes("a document"));
      broker.put(DEPLOY, 0, "pi-7", event("v1.4.2"));
      awaitLast(tags, "v1.4.2");
      assertEquals(1, count(DEPLOY, "ignored"), "keys of edges may hold anything");
    }
  }

  @Test
  void anEdgeWaitsForTopicsAndNeverMakesThem() throws Exception {
    try (KafkaChannel edge = edge("pi-7")) {
      edge.report(report("pi-7", 1).toBytes());
      await(edge::state, state -> state.detail().contains("there is no topic"));
      try (Admin admin = broker.admin()) {
        assertEquals(Set.of(), admin.listTopics().names().get());
      }
      try (KafkaDeployments cloud = cloud(broker.config())) {
        cloud.publish("pi-7", bytes("one"));
        assertEquals("one", next(documents));
        assertEquals(report("pi-7", 1), next(reports));
        await(cloud::state, KafkaState::connected);
      }
    }
    assertEquals("compact", policy(STATUS));
  }

  @Test
  void aTopicThatForgetsIsPointedOut() throws Exception {
    broker.make(DEPLOY, Map.of("cleanup.policy", "delete"));
    try (KafkaDeployments cloud = cloud(broker.config())) {
      await(cloud::state, state -> state.detail().contains("forgets"));
      assertTrue(cloud.state().connected());
    }
  }

  @Test
  void aClusterThatIsNowhereHoldsUpNothing() {
    var nowhere = new KafkaConfig(List.of("no-such-host.invalid:9092"), Map.of(), Map.of());
    try (KafkaDeployments cloud = cloud(nowhere);
        KafkaChannel edge = KafkaChannel.open(nowhere, "pi-7", this::offered)) {
      cloud.publish("pi-7", bytes("one"));
      edge.report(report("pi-7", 1).toBytes());
      assertFalse(cloud.state().connected());
      assertFalse(edge.state().connected());
      assertFalse(edge.state().detail().isEmpty());
    }
  }

  private static void makeTopics() throws Exception {
    Map<String, String> settings =
        Map.of("cleanup.policy", "compact", "max.message.bytes", "65536");
    broker.make(DEPLOY, settings);
    broker.make(STATUS, settings);
  }

  private KafkaDeployments cloud(KafkaConfig config) {
    return KafkaDeployments.open(
        config, audience, reports::offer, (tag, source) -> tags.add(tag), registry);
  }

  private KafkaChannel edge(String name) {
    return KafkaChannel.open(broker.config(), name, this::offered);
  }

  private void offered(byte[] document) {
    String text = new String(document, UTF_8);
    if (text.equals(POISON)) {
      throw new IllegalStateException(text);
    }
    documents.add(text);
  }

  private long count(String topic, String outcome) {
    return (long)
        registry.counter("edgeflow.kafka.records", "topic", topic, "outcome", outcome).count();
  }

  private String policy(String topic) throws Exception {
    var asked = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    try (Admin admin = broker.admin()) {
      return admin
          .describeConfigs(List.of(asked))
          .all()
          .get()
          .getOrDefault(asked, new org.apache.kafka.clients.admin.Config(List.of()))
          .get("cleanup.policy")
          .value();
    }
  }

  private static Reported report(String edge, long micros) {
    return new Reported(edge, Reported.VERSION, micros, "edgeflow/test", List.of(), 0);
  }

  private static byte[] event(String tag) {
    return bytes("{\"action\":\"update\",\"tag\":\"" + tag + "\"}");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
    T next = queue.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertNotNull(next, "nothing came");
    return next;
  }

  private static <T> void awaitLast(BlockingQueue<T> queue, T last) throws InterruptedException {
    T next = next(queue);
    while (!next.equals(last)) {
      next = next(queue);
    }
  }

  private static <T> void await(Supplier<T> state, Predicate<T> condition)
      throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!condition.test(state.get())) {
      assertTrue(System.nanoTime() < deadline, () -> "still " + state.get());
      Thread.sleep(20);
    }
  }
}
