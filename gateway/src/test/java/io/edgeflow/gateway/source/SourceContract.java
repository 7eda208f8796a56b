package io.edgeflow.gateway.source;

import static io.edgeflow.gateway.source.SourceTry.awaitConnected;
import static io.edgeflow.gateway.source.SourceTry.status;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.gateway.broker.Await;
import io.edgeflow.gateway.broker.ControlledIntake;
import io.edgeflow.gateway.source.Peer.Sensor;
import io.edgeflow.gateway.uplink.Cable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a source promises, against a real broker behind a cable that can be cut. */
@Timeout(60)
abstract class SourceContract {
  private static final String TOPIC = "sensors/pump-7/flow";

  /** HiveMQ takes two seconds to end, and no test has to wait for the last one's. */
  private static final List<Thread> ENDING = new ArrayList<>();

  private Peer peer;
  private Cable cable;
  private final ControlledIntake intake = new ControlledIntake();

  abstract Peer peer() throws Exception;

  @BeforeEach
  void start() throws Exception {
    peer = peer();
    cable = new Cable(peer.sourcePort());
  }

  @AfterEach
  void stop() throws Exception {
    cable.close();
    ENDING.add(Thread.ofPlatform().name("peer-end").start(peer::close));
  }

  @AfterAll
  static void awaitEnds() throws Exception {
    for (Thread ending : ENDING) {
      ending.join();
    }
    ENDING.clear();
  }

  private SourceTry source(SourceVersion version) {
    return SourceTry.of(peer.sourceUrl(cable), version);
  }

  private static String[] numbers(int from, int to) {
    return IntStream.range(from, to).mapToObj(Integer::toString).toArray(String[]::new);
  }

  /**
   * Lets the other broker keep them for the source, which is not there. HiveMQ CE sends several
   * without an acknowledgement between only if they waited.
   */
  private void keep(SourceVersion version, String... payloads) throws Exception {
    source(version).openConnected(intake).close();
    peer.publish(TOPIC, payloads);
  }

  private void reconnect(Sources sources) throws Exception {
    long before = status(sources).counts().connections();
    cable.cut();
    cable.mend();
    Await.until("a new connection", () -> status(sources).counts().connections() > before);
    awaitConnected(sources);
  }

  private void awaitRead(int acknowledgements) {
    Await.until(acknowledgements + " acknowledgements read", () -> peer.read() == acknowledgements);
  }

  private void awaitAcknowledged(Sources sources, int messages) {
    Await.until(
        messages + " acknowledged", () -> status(sources).counts().acknowledged() == messages);
  }

  @ParameterizedTest
  @EnumSource
  void acknowledgesWhatIsSafeAndNothingElse(SourceVersion version) throws Exception {
    keep(version, numbers(0, 5));
    try (Sources sources = source(version).openConnected(intake)) {
      intake.awaitSize(5);
      assertEquals(List.of(numbers(0, 5)), intake.payloads());
      assertEquals(TOPIC, intake.get(0).topic());
      assertEquals(5, status(sources).held());
      assertEquals(0, status(sources).counts().acknowledged());

      intake.settleAll();
      awaitAcknowledged(sources, 5);
      assertEquals(0, status(sources).held());
      awaitRead(5);
      reconnect(sources);
      assertTrue(status(sources).resumed());
      peer.publish(TOPIC, "last");
      intake.awaitSize(6);
      assertEquals("last", intake.payloads().get(5), "nothing came again");
    }
  }

  @ParameterizedTest
  @EnumSource
  void getsAgainInOrderWhatWasNotAcknowledged(SourceVersion version) throws Exception {
    keep(version, numbers(0, 5));
    try (Sources sources = source(version).openConnected(intake)) {
      intake.awaitSize(5);
      intake.get(0).settleSafe();
      intake.get(1).settleSafe();
      awaitAcknowledged(sources, 2);
      awaitRead(2);
      reconnect(sources);
      intake.awaitSize(8);
      assertEquals(List.of("2", "3", "4"), intake.payloads().subList(5, 8));
      // What the first connection brought is settled too late: its acknowledgement goes nowhere.
      intake.settleAll();
      awaitAcknowledged(sources, 5);
    }
  }

  @ParameterizedTest
  @EnumSource
  void getsWhatWasPublishedWhileItWasAway(SourceVersion version) throws Exception {
    keep(version, numbers(0, 300));
    intake.settlingAtOnce();
    try (Sources sources = source(version).openConnected(intake)) {
      assertTrue(status(sources).resumed());
      intake.awaitSize(300);
      assertEquals(List.of(numbers(0, 300)), intake.payloads().stream().toList());
      awaitAcknowledged(sources, 300);
    }
  }

  @ParameterizedTest
  @EnumSource
  void holdsWhatFindsNoRoomAndLosesNothing(SourceVersion version) throws Exception {
    intake.fill();
    try (Sources sources = source(version).withWindow(40).openConnected(intake)) {
      peer.publish(TOPIC, numbers(0, 200));
      Await.until("some are held", () -> status(sources).held() > 0);
      assertEquals(0, intake.size());
      assertTrue(status(sources).held() <= 41, "no more than the window, and the next one");
      intake.settlingAtOnce();
      intake.makeRoom();
      intake.awaitSize(200);
      assertEquals(200, intake.size());
      awaitAcknowledged(sources, 200);
      assertEquals(1, status(sources).counts().connections());
    }
  }

  @ParameterizedTest
  @EnumSource
  void getsAgainWhatCouldNotBeMadeSafe(SourceVersion version) throws Exception {
    keep(version, "1", "2");
    try (Sources sources = source(version).openConnected(intake)) {
      intake.awaitSize(2);
      intake.get(0).fail();
      intake.get(1).settleSafe();
      intake.awaitSize(4);
      assertEquals(List.of("1", "2", "1", "2"), intake.payloads());
      assertEquals(1, status(sources).counts().failed());
      assertTrue(
          status(sources).lastError().contains("could not be made safe"),
          () -> status(sources).lastError());
      intake.settleAll();
      Await.until("all acknowledged", () -> status(sources).held() == 0);
    }
  }

  @ParameterizedTest
  @EnumSource
  void takesNoOldValues(SourceVersion version) throws Exception {
    retain("old");
    intake.settlingAtOnce();
    try (Sources sources = source(version).openConnected(intake)) {
      retain("new");
      intake.awaitSize(1);
      // What is retained comes to every subscriber of 3.1.1, and is acknowledged, too.
      awaitRead(version == SourceVersion.THREE ? 2 : 1);
      reconnect(sources);
      peer.publish(TOPIC, "last");
      intake.awaitSize(2);
      assertEquals(
          List.of("new", "last"), intake.payloads(), "a live value is fresh if kept or not");
      boolean isMarked = version == SourceVersion.THREE;
      assertEquals(isMarked, status(sources).counts().retained() > 0);
    }
  }

  private void retain(String payload) throws Exception {
    try (Sensor sensor = new Sensor(peer.port())) {
      sensor.publish(TOPIC, payload, 1, true);
    }
  }

  @ParameterizedTest
  @EnumSource
  void takesOldValuesWhereToldTo(SourceVersion version) throws Exception {
    retain("old");
    intake.settlingAtOnce();
    try (Sources sources = source(version).takingRetained().openConnected(intake)) {
      intake.awaitSize(1);
      assertEquals(List.of("old"), intake.payloads());
      assertEquals(0, status(sources).counts().retained());
    }
  }

  @ParameterizedTest
  @EnumSource
  void dropsAndCountsWhatNobodyWouldSendAgain(SourceVersion version) throws Exception {
    intake.fill();
    try (Sources sources = source(version).openConnected(intake);
        Sensor sensor = new Sensor(peer.port())) {
      sensor.publish(TOPIC, "1", 0, false);
      sensor.publish(TOPIC, "2", 0, false);
      Await.until("two dropped", () -> status(sources).counts().dropped() == 2);
      assertEquals(2, sources.dropped());
      intake.makeRoom();
      sensor.publish(TOPIC, "3", 0, false);
      intake.awaitSize(1);
      assertEquals(List.of("3"), intake.payloads());
      assertEquals(0, status(sources).counts().acknowledged());
    }
  }

  /** The session remembers them, and the broker has no other way to say so. */
  @ParameterizedTest
  @EnumSource
  void letsGoOfTopicsThatAreNotConfiguredAnyMore(SourceVersion version) throws Exception {
    source(version).withTopics("sensors/#", "meters/#").openConnected(intake).close();
    peer.publish("meters/gas", "1");
    intake.settlingAtOnce();
    try (Sources sources = source(version).openConnected(intake)) {
      peer.publish(TOPIC, "2");
      intake.awaitSize(1);
      assertEquals(List.of("2"), intake.payloads());
      assertEquals(1, status(sources).counts().unasked());
      awaitAcknowledged(sources, 2);
    }
  }

  /** Whatever it is: the recorder decides, and it is acknowledged, or it would come for ever. */
  @ParameterizedTest
  @EnumSource
  void passesOnWhateverStrangersPublish(SourceVersion version) throws Exception {
    intake.settlingAtOnce();
    try (Sources sources = source(version).withTopics("#").openConnected(intake)) {
      peer.publish("a", "");
      peer.publish("b/Grüße", "{\"\u0000");
      peer.publish("c", "x".repeat(300_000));
      peer.publish("edgeflow/v1/pi-9/up/window", "not for us");
      intake.awaitSize(3);
      awaitAcknowledged(sources, 4);
      assertEquals(1, status(sources).counts().unasked());
      assertEquals("b/Grüße", intake.get(1).topic());
      assertEquals(300_000, intake.get(2).payload().length);
    }
  }

  @ParameterizedTest
  @EnumSource
  void acknowledgesTheLastOnesBeforeItEnds(SourceVersion version) throws Exception {
    keep(version, "1", "2");
    Sources sources = source(version).openConnected(intake);
    intake.awaitSize(2);
    Thread ending = Thread.ofVirtual().start(sources::close);
    intake.settleAll();
    ending.join();
    awaitRead(2);
  }
}
