package io.edgeflow.gateway.uplink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.gateway.outbox.BacklogOrder;
import io.edgeflow.gateway.outbox.OutgoingFrame;
import io.edgeflow.process.mqtt.BrokerExtension;
import io.edgeflow.process.mqtt.BrokerSettings;
import io.edgeflow.process.mqtt.EmbeddedBroker;
import io.edgeflow.wire.document.Presence;
import io.edgeflow.wire.document.Reported;
import io.edgeflow.wire.frame.EventRow;
import io.edgeflow.wire.frame.EventSeverity;
import io.edgeflow.wire.frame.Frame;
import io.edgeflow.wire.frame.FrameCodec;
import io.edgeflow.wire.frame.Lane;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The forwarder over Paho, a real broker, and a cable that can be cut. */
@Execution(ExecutionMode.CONCURRENT)
final class ForwarderBrokerTest {
  private static final AtomicLong EDGES = new AtomicLong();
  private static EmbeddedBroker broker;

  private final String edge = "edge-" + EDGES.incrementAndGet();
  private final MemoryOutbox outbox = new MemoryOutbox();
  private final AtomicLong cloudMicros = new AtomicLong(-1);
  private CloudStub cloud;
  private Cable cable;
  private Forwarder forwarder;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = EmbeddedBroker.start(BrokerSettings.of("127.0.0.1", 0), BrokerExtension.NONE);
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void connect() throws Exception {
    cloud = new CloudStub(broker.port(), edge);
    cable = new Cable(broker.port());
    LinkSettings link =
        new LinkSettings(
            cable.url(),
            edge,
            Sample.INCARNATION,
            null,
            null,
            Duration.ofSeconds(5),
            Duration.ofSeconds(20));
    forwarder =
        new Forwarder(
            new EdgeProfile(edge, Sample.INCARNATION, "plant", Map.of(), "UTC", "test"),
            UplinkSettings.DEFAULTS
                .withResendAfter(Duration.ofSeconds(2))
                .withReconnectCap(Duration.ofSeconds(1))
                .withBacklog(BacklogOrder.OLDEST, 4, Duration.ofMillis(100)),
            new PahoLink(link),
            outbox,
            new UplinkClocks(System::nanoTime, () -> 1_763_672_400_000_000L),
            new Random(1),
            (micros, nanos) -> cloudMicros.set(micros));
  }

  @AfterEach
  void disconnect() throws Exception {
    forwarder.close();
    cable.close();
    cloud.close();
  }

  @Test
  void deliversWhatWaitsAndWhatComes() {
    frames(1, 20);
    forwarder.start();
    await("the backlog", () -> outbox.pending() == 0);
    frames(21, 30);
    await("the live frames", () -> outbox.pending() == 0);
    await("the verdicts", () -> forwarder.status().drained());
    assertEquals(30, cloud.committed.size());
    assertEquals(BreakerState.CLOSED, forwarder.status().breaker());
    assertEquals(Sample.CREDIT, forwarder.status().creditBytes());
    assertEquals(0, cloudMicros.get());
  }

  @Test
  void tellsItsPresenceAndSaysGoodbye() {
    forwarder.start();
    await("sending", () -> forwarder.status().state() == UplinkState.SENDING);
    await("presence", () -> lastPresence().online());
    assertEquals(edge, cloud.hellos.getLast().edge());
    assertEquals(cloud.hellos.getLast().connection(), lastPresence().connection());
    forwarder.stop(Duration.ofSeconds(3));
    await("the goodbye", () -> !lastPresence().online());
  }

  @Test
  void leavesItsWillAndCarriesOnWhenTheCableIsCut() throws Exception {
    forwarder.start();
    await("sending", () -> forwarder.status().state() == UplinkState.SENDING);
    String first = cloud.hellos.getLast().connection();
    cable.cut();
    await("the will", () -> !lastPresence().online());
    assertEquals(first, lastPresence().connection());
    frames(1, 5);
    await("the breaker", () -> forwarder.status().breaker() != BreakerState.CLOSED);
    assertFalse(forwarder.status().lastError().isEmpty());
    cable.mend();
    await("the frames", () -> cloud.committed.size() == 5);
    assertFalse(first.equals(cloud.hellos.getLast().connection()));
  }

  @Test
  void saysWhatRunsOnEachConnectionAndWhenItIsToldTo() throws Exception {
    forwarder.report(reported(1));
    forwarder.start();
    await("the first", () -> reports().equals(List.of(1L)));
    forwarder.report(reported(2));
    await("the second", () -> reports().equals(List.of(1L, 2L)));
    cable.cut();
    await("the end", () -> forwarder.status().breaker() != BreakerState.CLOSED);
    forwarder.report(reported(3));
    cable.mend();
    await("the third", () -> reports().equals(List.of(1L, 2L, 3L)));
    assertEquals(Optional.of(3L), retained(), "for whoever comes later");
  }

  private byte[] reported(long time) {
    return new Reported(edge, Reported.VERSION, time, "test", List.of(), 0).toBytes();
  }

  private List<Long> reports() {
    return cloud.reports.stream().map(Reported::timeMicros).toList();
  }

  private Optional<Long> retained() throws Exception {
    try (CloudStub later = new CloudStub(broker.port(), edge)) {
      await("what is retained", () -> !later.reports.isEmpty());
      return later.reports.stream().map(Reported::timeMicros).findFirst();
    }
  }

  @Test
  void keepsNoThreadsOfAttemptsThatFailed() throws Exception {
    cable.cut();
    forwarder.start();
    await("some attempts", () -> cable.connections() >= 6);
    cable.mend();
    await("sending", () -> forwarder.status().state() == UplinkState.SENDING);
    await(
        "the threads to end",
        () ->
            Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().startsWith("MQTT"))
                    .filter(thread -> thread.getName().contains(edge))
                    .count()
                <= 4);
  }

  @Test
  void countsWhatItDoesNotUnderstand() throws Exception {
    forwarder.start();
    await("sending", () -> forwarder.status().state() == UplinkState.SENDING);
    cloud.mumble(edge);
    await("the count", () -> forwarder.status().counts().ignored() == 1);
    assertEquals(UplinkState.SENDING, forwarder.status().state());
  }

  @Test
  void stopsAtOnceWithoutALink() throws Exception {
    cable.cut();
    frames(1, 1);
    forwarder.start();
    long before = System.nanoTime();
    forwarder.stop(Duration.ofMinutes(2));
    assertTrue(System.nanoTime() - before < Duration.ofMinutes(1).toNanos());
  }

  private void frames(int from, int to) {
    for (long number = from; number <= to; number++) {
      OutgoingFrame place = Sample.frame(Lane.EVENT, number, 100);
      EventRow event = new EventRow(1, EventSeverity.INFO, "test", "", "", new TreeMap<>());
      Frame frame =
          new Frame(
              edge,
              place.id(),
              0,
              0,
              0,
              List.of(),
              List.of(),
              List.of(),
              List.of(),
              List.of(event),
              List.of());
      outbox.add(place, FrameCodec.encode(frame));
    }
  }

  private Presence lastPresence() {
    return cloud.presences.stream()
        .reduce((first, second) -> second)
        .orElse(new Presence(edge, "", false, 0));
  }

  private void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < deadline, () -> "no " + what + ": " + forwarder.status());
      LockSupport.parkNanos(2_000_000);
    }
  }
}
