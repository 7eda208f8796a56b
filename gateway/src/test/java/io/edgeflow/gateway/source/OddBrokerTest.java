package io.edgeflow.gateway.source;

import static io.edgeflow.gateway.source.SourceTry.awaitConnected;
import static io.edgeflow.gateway.source.SourceTry.status;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.gateway.broker.Await;
import io.edgeflow.gateway.broker.ControlledIntake;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a source makes of brokers that are old, strange or broken. */
@Timeout(30)
final class OddBrokerTest {
  private StubBroker broker;
  private final ControlledIntake intake = new ControlledIntake();

  @BeforeEach
  void start() throws Exception {
    broker = new StubBroker();
  }

  @AfterEach
  void stop() throws Exception {
    broker.close();
  }

  private Sources open(int window) {
    return SourceTry.of(broker.url(), SourceVersion.FIVE)
        .withTopics("s/#")
        .withWindow(window)
        .speakingAny()
        .open(intake);
  }

  /** MQTT wants acknowledgements in the order of the messages. */
  @Test
  void acknowledgesInOrderWhateverIsSafeFirst() throws Exception {
    try (Sources sources = open(10);
        StubBroker.Line line = broker.next().welcome()) {
      awaitConnected(sources);
      for (int id = 1; id <= 3; id++) {
        line.publish(id, '0' + id);
      }
      intake.awaitSize(3);
      intake.get(2).settleSafe();
      intake.get(1).settleSafe();
      intake.get(0).settleSafe();
      for (int id = 1; id <= 3; id++) {
        assertArrayEquals(new byte[] {0x40, 0, (byte) id}, line.read());
      }
    }
  }

  /** Mosquitto 2.0.11 does, while it empties a long queue. */
  @Test
  void readsNoFurtherWhereTheBrokerSendsMoreThanTheWindow() throws Exception {
    try (Sources sources = open(4);
        StubBroker.Line line = broker.next().welcome()) {
      awaitConnected(sources);
      for (int id = 1; id <= 100; id++) {
        line.publish(id, 'x');
      }
      Await.until("the window is full", () -> status(sources).held() == 5);
      assertEquals(4, intake.size());
      for (int id = 1; id <= 100; id++) {
        intake.awaitSize(id);
        intake.get(id - 1).settleSafe();
        assertArrayEquals(new byte[] {0x40, 0, (byte) id}, line.read());
      }
      assertEquals(1, status(sources).counts().connections());
    }
  }

  @Test
  void speaksThreeToABrokerThatKnowsNoFive() throws Exception {
    try (Sources sources = open(10)) {
      try (StubBroker.Line line = broker.next()) {
        assertEquals(5, line.readConnect());
        line.write(0x20, 2, 0, 1);
      }
      try (StubBroker.Line line = broker.next()) {
        assertEquals(4, line.readConnect());
        line.write(0x20, 2, 0, 0);
        line.read();
        line.write(0x90, 3, 0, 1, 1);
        awaitConnected(sources);
        assertEquals("3.1.1", status(sources).version());
      }
      try (StubBroker.Line line = broker.next()) {
        assertEquals(4, line.readConnect(), "five is not tried again");
      }
    }
  }

  /** What it is to say, in words; each byte in hex. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "20 03 00 86 00 | wrong user or password (0x86)",
        "20 02 00 05 | not authorized; see user and password (0x05)",
        "20 08 00 87 05 1f 00 02 6e 6f | not authorized; see user and password (0x87): no",
        "20 09 00 87 06 1f 00 03 6e 0a 6f | not authorized; see user and password (0x87): n·o",
        "20 03 00 85 00 | it does not like the clientId (0x85)",
        "48 02 54 50 | what answers there is no MQTT",
        "20 03 00 00 00 90 04 00 01 00 87 | the broker refuses the topic s/#: not authorized",
        "20 03 00 00 00 e0 02 8e 00 | another client came with the same clientId (0x8e)",
        "20 03 00 00 00 34 07 00 01 73 00 01 00 78 | it sends QoS 2",
        "20 03 00 00 00 32 ff ff ff ff 7f | a length has more than four bytes",
        "20 03 00 00 00 32 03 00 09 73 | a packet ends too early",
        "20 03 00 00 00 b0 02 00 01 | unexpected packet of type 11",
        "20 03 00 00 00 32 09 00 00 00 01 03 23 00 01 78 | it sends a message without a topic",
        "20 05 00 00 02 77 00 | there is no property 119",
      })
  void saysWhatIsWrong(String said, String words) throws Exception {
    String[] hex = said.trim().split(" ");
    int[] bytes = new int[hex.length];
    for (int i = 0; i < hex.length; i++) {
      bytes[i] = Integer.parseInt(hex[i], 16);
    }
    SourceTry fixed = SourceTry.of(broker.url(), SourceVersion.FIVE).withTopics("s/#");
    try (Sources sources = fixed.open(intake);
        StubBroker.Line line = broker.next()) {
      line.readConnect();
      line.write(bytes);
      Await.until("an error", () -> !status(sources).lastError().isEmpty());
      String error = status(sources).lastError();
      assertTrue(error.contains(words.trim()), error);
      broker.next().close();
    }
    assertEquals(0, intake.size());
  }

  /** A mapping may ignore what is retained, also what the source takes. */
  @Test
  void saysWhatIsRetained() throws Exception {
    SourceTry taking =
        SourceTry.of(broker.url(), SourceVersion.FIVE).withTopics("s/#").takingRetained();
    try (Sources sources = taking.open(intake);
        StubBroker.Line line = broker.next().welcome()) {
      awaitConnected(sources);
      line.write(0x33, 9, 0, 3, 's', '/', '1', 0, 1, 0, 'x');
      line.publish(2, 'x');
      intake.awaitSize(2);
      assertTrue(intake.get(0).retained());
      assertFalse(intake.get(1).retained());
    }
  }

  @Test
  void goesOnAfterABrokerThatEndsAtOnce() throws Exception {
    try (Sources sources = open(10)) {
      for (int i = 0; i < 20; i++) {
        broker.next().close();
      }
      broker.next().close();
      // Whichever version it tries now.
      try (StubBroker.Line line = broker.next()) {
        int version = line.readConnect();
        line.write(version == 5 ? new int[] {0x20, 3, 0, 0, 0} : new int[] {0x20, 2, 0, 0});
        line.read();
        line.write(version == 5 ? new int[] {0x90, 4, 0, 1, 0, 1} : new int[] {0x90, 3, 0, 1, 1});
        awaitConnected(sources);
      }
    }
  }

  /** The rest of it is not kept, and the recorder refuses what is left as too large. */
  @Test
  void doesNotKeepAMessageOfAHundredMegabytes() throws Exception {
    try (Sources sources = open(10);
        StubBroker.Line line = broker.next().welcome()) {
      awaitConnected(sources);
      int size = 100 << 20;
      line.write(
          0x32,
          (size & 0x7f) | 0x80,
          (size >> 7 & 0x7f) | 0x80,
          (size >> 14 & 0x7f) | 0x80,
          size >> 21);
      line.write(0, 3, 's', '/', '1', 0, 7, 0);
      int[] chunk = new int[1 << 20];
      for (int left = size - 8; left > 0; left -= chunk.length) {
        line.write(left < chunk.length ? new int[left] : chunk);
      }
      intake.awaitSize(1);
      assertTrue(intake.get(0).payload().length < 5 << 20);
      intake.settleAll();
      assertArrayEquals(new byte[] {0x40, 0, 7}, line.read());
    }
  }
}
