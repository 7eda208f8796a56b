package io.edgeflow.gateway.setpoints;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.gateway.broker.CommandListener.Caller;
import io.edgeflow.gateway.modbus.RegisterOrder;
import io.edgeflow.gateway.modbus.RegisterPoint;
import io.edgeflow.gateway.modbus.RegisterTable;
import io.edgeflow.gateway.modbus.RegisterType;
import io.edgeflow.gateway.modbus.RegisterWrite;
import io.edgeflow.gateway.modbus.WriteResult;
import io.edgeflow.wire.frame.EventSeverity;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class SetDeskTest {
  private static final String TOPIC = "edgeflow/v1/pi-7/set/plc/speed";
  private static final Caller LOCAL = new Caller("panel", Optional.empty(), false);

  private final List<RegisterWrite> writes = new ArrayList<>();
  private final List<String> answers = new ArrayList<>();
  private final List<SortedMap<String, String>> events = new ArrayList<>();
  private long nanos;
  private long micros;
  private Runnable waits = () -> {};
  private boolean room = true;
  private WriteResult result = new WriteResult.Written("600");
  private SetDesk desk;

  @BeforeEach
  void open() {
    var at =
        new RegisterPoint(
            "plc/speed",
            RegisterTable.HOLDING,
            40,
            RegisterType.UINT16,
            RegisterOrder.ABCD,
            0.1,
            0);
    desk =
        new SetDesk(
            "pi-7",
            Map.of("plc/speed", new SetPoint("plc", at, 0, 100)),
            Set.of("plc/flow"),
            () -> micros,
            () -> nanos);
  }

  private void begin() {
    desk.open(
        new SetDesk.Outside() {
          @Override
          public boolean write(
              String device,
              RegisterWrite write,
              BooleanSupplier wanted,
              Consumer<WriteResult> done) {
            waits.run();
            boolean late = !wanted.getAsBoolean();
            if (!late) {
              writes.add(write);
            }
            if (room) {
              done.accept(late ? new WriteResult.Lapsed() : result);
            }
            return room;
          }

          @Override
          public void publish(String topic, byte[] payload) {
            answers.add(topic + " " + new String(payload, StandardCharsets.UTF_8));
          }

          @Override
          public void event(
              EventSeverity severity,
              String type,
              String message,
              SortedMap<String, String> detail) {
            events.add(detail);
          }
        });
  }

  @Test
  void writesWhatIsAskedAndTellsWhoAskedIt() {
    begin();
    say(new Caller("panel", Optional.of("anna"), true), "60");

    assertEquals(List.of(new RegisterWrite.Holding(40, List.of(600))), writes);
    assertEquals(
        "edgeflow/v1/pi-7/set-result/plc/speed"
            + " {\"id\":\"\",\"outcome\":\"written\",\"value\":60.0,\"readBack\":\"600\",\"detail\":\"\"}",
        answers.getFirst());
    assertEquals("anna", events.getFirst().get("user"));
    assertEquals("panel", events.getFirst().get("client"));
    assertEquals("60.0", events.getFirst().get("value"));
  }

  @Test
  void aUserWhoMayPublishAnywhereMayNotSetForThatAlone() {
    begin();
    say(new Caller("panel", Optional.of("anna"), false), "60");

    assertTrue(writes.isEmpty());
    assertTrue(answers.getFirst().contains("refused"), answers::toString);
    assertTrue(
        answers.getFirst().contains("anna has no filter publish=edgeflow/v1/pi-7/set/#"),
        answers::toString);
    assertEquals("refused", events.getFirst().get("outcome"));
  }

  /** A truth is no number of revolutions; and whoever asked must know which answer is theirs. */
  @Test
  void aTruthIsNoNumberAndEveryAnswerNamesItsRequest() {
    begin();
    say(LOCAL, "{\"value\": true, \"id\": \"a1\"}");
    say(LOCAL, "{\"value\": \"60\", \"id\": \"a2\"}");
    say(LOCAL, "{\"value\": 60, \"id\": \"a3\", \"expires\": \"soon\"}");
    desk.said(
        LOCAL, TOPIC, "{\"value\": 60, \"id\": \"a4\"}".getBytes(StandardCharsets.UTF_8), true);

    assertEquals(List.of(), writes);
    assertTrue(answers.getFirst().contains("must be a number: it is no coil"), answers::toString);
    for (int i = 0; i < 4; i++) {
      assertTrue(answers.get(i).contains("\"id\":\"a" + (i + 1) + "\""), answers::toString);
    }
  }

  @Test
  void aFloodIsAnsweredButFillsNoJournal() {
    begin();
    for (int i = 0; i < 1_000; i++) {
      say(LOCAL, "60");
    }
    assertEquals(SetDesk.MOST_A_SECOND, writes.size());
    assertEquals(SetDesk.MOST_A_SECOND, events.size());
    assertEquals(1_000, answers.size());
    nanos += 1_000_000_000L;
    say(LOCAL, "60");
    assertEquals(SetDesk.MOST_A_SECOND + 1, writes.size());
  }

  @Test
  void aFloodOfOneWhoMayNotSetTakesNothingFromThoseWhoMay() {
    begin();
    for (int i = 0; i < 1_000; i++) {
      say(new Caller("stranger", Optional.of("eve"), false), "60");
    }
    say(new Caller("panel", Optional.of("anna"), true), "60");

    assertEquals(1, writes.size());
    assertEquals(SetDesk.MOST_A_SECOND + 1, events.size());
  }

  @Test
  void endlessNamesMakeShortEvents() {
    begin();
    var caller = new Caller("c".repeat(60_000), Optional.empty(), false);
    String topic = "edgeflow/v1/pi-7/set/" + "p".repeat(60_000);
    desk.said(caller, topic, "5".getBytes(StandardCharsets.UTF_8), false);

    assertEquals("refused", events.getFirst().get("outcome"));
    events.getFirst().values().forEach(value -> assertTrue(value.length() < 300, value));
  }

  @Test
  void saysSoWhereTooManyWritesWait() {
    begin();
    room = false;
    say(LOCAL, "60");

    assertTrue(answers.getFirst().contains("too many writes wait for plc"), answers::toString);
  }

  @Test
  void whatIsNotKnownToBeWrittenHasFailed() {
    begin();
    result = new WriteResult.TimedOut();
    say(LOCAL, "60");

    assertTrue(answers.getFirst().contains("\"failed\""), answers::toString);
    assertEquals("failed", events.getFirst().get("outcome"));
  }

  @Test
  void whatExpiresWhileItWaitsForItsLineIsNotWritten() {
    begin();
    String request = "{\"value\": 60, \"expires\": 5000}";
    micros = 4_999_000;
    say(LOCAL, request);
    assertEquals(1, writes.size());
    waits = () -> micros = 5_001_000;
    say(LOCAL, request);

    assertEquals(1, writes.size());
    assertTrue(answers.getLast().contains("refused"), answers::toString);
    assertEquals("has expired meanwhile", events.getLast().get("detail"));
  }

  @Test
  void hearsItsOwnTopicsOnlyAndNothingBeforeItIsOpen() {
    assertFalse(desk.hears("edgeflow/v1/pi-8/set/plc/speed"));
    assertFalse(desk.hears("sensors/plc/speed"));
    assertTrue(desk.hears(TOPIC));
    say(LOCAL, "60");

    assertTrue(writes.isEmpty() && answers.isEmpty());
  }

  private void say(Caller caller, String payload) {
    desk.said(caller, TOPIC, payload.getBytes(StandardCharsets.UTF_8), false);
  }
}
