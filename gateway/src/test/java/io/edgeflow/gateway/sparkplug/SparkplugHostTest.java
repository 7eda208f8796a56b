package io.edgeflow.gateway.sparkplug;

import static io.edgeflow.gateway.sparkplug.Plant.PATIENCE;
import static io.edgeflow.gateway.sparkplug.Plant.SECOND;
import static io.edgeflow.gateway.sparkplug.Plant.alias;
import static io.edgeflow.gateway.sparkplug.Plant.death;
import static io.edgeflow.gateway.sparkplug.Plant.declared;
import static io.edgeflow.gateway.sparkplug.Plant.named;
import static io.edgeflow.gateway.sparkplug.Plant.payload;
import static io.edgeflow.gateway.sparkplug.Plant.session;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.gateway.capture.RejectReason;
import io.edgeflow.gateway.capture.SpokenValue;
import java.util.List;
import org.eclipse.tahu.protobuf.SparkplugBProto.DataType;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload;
import org.junit.jupiter.api.Test;

/** What a node says, in order and out of it. */
final class SparkplugHostTest {
  private final Plant plant = new Plant();
  private final Ear ear = plant.ear;

  @Test
  void resolvesAliasesByTheBirthInForce() {
    birth(0, 1);
    assertEquals(List.of("n/a", "n/b", "n/d/x"), ear.taken());
    plant.say("NDATA/n", payload(2, 20).addMetrics(alias(2, 5)));
    plant.say("DDATA/n/d", payload(3, 30).addMetrics(alias(3, 6)));
    assertEquals(List.of("n/b", "n/d/x"), ear.taken());
    assertEquals(List.of(), plant.asked);
    assertEquals(List.of(), ear.events);
    assertTrue(plant.host.idle());
  }

  @Test
  void asksAnUnknownNodeOnceAndThenLessAndLess() {
    plant.say("NDATA/n", payload(7, 0).addMetrics(named("a", 1)).addMetrics(alias(2, 5)));
    assertEquals(List.of("n/a"), ear.taken());
    assertEquals(List.of(RejectReason.NO_BIRTH), ear.rejects);
    assertEquals(List.of("spBv1.0/g/NCMD/n"), plant.asked);
    int[] asked = new int[40];
    for (int second = 0; second < 40; second++) {
      plant.say("NDATA/n", payload(8 + second, second).addMetrics(alias(2, 5)));
      asked[second] = plant.asked.size();
      plant.pass(SECOND);
    }
    assertEquals(1, asked[9]);
    assertEquals(2, asked[10]);
    assertEquals(2, asked[29]);
    assertEquals(3, asked[30]);
    assertEquals(1, ear.count("sparkplug-gap"));
    assertEquals(41, plant.figures().untaken());
  }

  @Test
  void asksNobodyWhoIsSilent() {
    plant.say("NDATA/n", payload(7, 0).addMetrics(alias(2, 5)));
    for (int i = 0; i < 1_000; i++) {
      plant.pass(SECOND);
    }
    assertEquals(1, plant.asked.size());
    assertTrue(plant.host.idle());
  }

  @Test
  void tellsALossOnceAndTakesNoAliasUntilTheNextBirth() {
    birth(0, 1);
    ear.taken();
    plant.say("NDATA/n", payload(5, 20).addMetrics(alias(2, 5)).addMetrics(named("b", 6)));
    assertEquals(List.of("n/b"), ear.taken());
    assertEquals(List.of(), plant.asked);
    assertFalse(plant.host.idle());
    plant.pass(PATIENCE);
    assertEquals(1, plant.asked.size());
    plant.say("NDATA/n", payload(6, 30).addMetrics(alias(2, 7)));
    assertEquals(List.of(), ear.taken());
    assertEquals(1, ear.count("sparkplug-gap"));
    assertEquals("3", ear.events.getFirst().detail().get("lost"));
    assertEquals("lost", plant.figures().state());

    birth(40, 1);
    plant.say("NDATA/n", payload(2, 50).addMetrics(alias(2, 8)));
    assertEquals(List.of("n/a", "n/b", "n/d/x", "n/b"), ear.taken());
    assertEquals("2", ear.events.getLast().detail().get("untaken"));
    assertEquals(1, plant.asked.size());
    assertEquals(new NodeFigures("g", "n", "born", 2, 0, 1, 3, 2, 1), plant.figures());
  }

  @Test
  void waitsForWhatComesOutOfOrder() {
    birth(0, 1);
    ear.taken();
    plant.say("NDATA/n", payload(3, 30).addMetrics(alias(2, 6)));
    plant.say("NDATA/n", payload(2, 20).addMetrics(alias(2, 5)));
    plant.say("NDATA/n", payload(4, 40).addMetrics(alias(2, 7)));
    plant.pass(10 * PATIENCE);
    assertEquals(List.of("n/b", "n/b"), ear.taken());
    assertEquals(List.of(), plant.asked);
    assertEquals("1", ear.events.getFirst().detail().get("untaken"), "one gap, told");
    assertEquals(1, ear.events.size());
    assertTrue(plant.host.idle());
  }

  @Test
  void takesARepeatedMessageForNoLoss() {
    birth(0, 1);
    Payload.Builder data = payload(2, 20).addMetrics(alias(2, 5));
    Payload.Builder more = payload(3, 30).addMetrics(alias(2, 6));
    for (Payload.Builder one : List.of(data, data, more, data, more)) {
      plant.say("NDATA/n", one);
    }
    birth(0, 1);
    plant.say("NDATA/n", payload(4, 40).addMetrics(alias(2, 6)));
    plant.pass(PATIENCE);
    assertEquals(List.of(), plant.asked);
    assertEquals(List.of(), ear.events);
    assertEquals(1, plant.figures().births());
  }

  /** Whoever has no clock stamps every message alike: none of a later round is a repeated one. */
  @Test
  void takesAllRoundsOfANodeWhoseClockStandsStill() {
    plant.say("NBIRTH/n", session(0, 0, 1).addMetrics(declared("a", 1, 0)));
    ear.taken();
    for (int i = 1; i <= 1_000; i++) {
      plant.say("NDATA/n", payload(i % 256, 0).addMetrics(alias(1, i)));
    }
    plant.say("NDATA/n", payload(1_000 % 256, 0).addMetrics(alias(1, 1_000)));
    assertEquals(1_000, ear.taken().size());
    assertEquals(List.of(), ear.events);
    plant.say("NDATA/n", payload(1_002 % 256, 0).addMetrics(alias(1, 1)));
    plant.pass(PATIENCE);
    assertEquals("1", ear.events.getFirst().detail().get("lost"));
    assertEquals(1, plant.asked.size());
  }

  /** The very session, or none: the will of a connection that was taken over comes late. */
  @Test
  void ignoresTheDeathOfAnEarlierSession() {
    birth(0, 1);
    birth(50, 2);
    plant.say("NDEATH/n", death(1));
    assertEquals("born", plant.figures().state());
    assertEquals(List.of(), ear.again);

    plant.say("NDEATH/n", death(2));
    plant.say("NDEATH/n", death(2));
    assertEquals("dead", plant.figures().state());
    assertEquals(1, plant.figures().deaths());
    assertEquals(
        List.of("n/a STALE", "n/b STALE", "n/d/x STALE"), ear.again.stream().sorted().toList());
    assertEquals(1, ear.count("sparkplug-death"));
    assertEquals(List.of(), plant.asked);

    // Not even the birth of the dead session, once more.
    birth(50, 2);
    assertEquals("dead", plant.figures().state());
    birth(60, 3);
    assertEquals("born", plant.figures().state());
  }

  @Test
  void makesTheSeriesOfADeadDeviceStaleAndNoOthers() {
    birth(0, 1);
    plant.say("DDEATH/n/d", payload(2, 20));
    assertEquals(List.of("n/d/x STALE"), ear.again);
    ear.taken();
    plant.say("DDATA/n/d", payload(3, 30).addMetrics(alias(3, 5)));
    plant.say("NDATA/n", payload(4, 40).addMetrics(alias(1, 5)));
    assertEquals(List.of("n/a"), ear.taken());
    assertEquals(1, plant.asked.size(), "a device without a birth");
  }

  @Test
  void asksLessAndLessWhereBirthsDoNotHelp() {
    for (int second = 0; second < 80; second++) {
      birth(second * 1_000L, 1);
      plant.say("NDATA/n", payload(2, second * 1_000L + 20).addMetrics(alias(99, 5)));
      plant.pass(SECOND);
    }
    // At 0, 10, 30 and 70 s.
    assertEquals(4, plant.asked.size());
  }

  @Test
  void believesAClockThatWentBackAfterOneMoreBirth() {
    birth(100_000, 1);
    ear.taken();
    plant.say("NDATA/n", payload(2, 50).addMetrics(alias(2, 5)));
    assertEquals(List.of(), plant.asked, "one message may be a late one");
    plant.say("NDATA/n", payload(3, 60).addMetrics(alias(2, 5)));
    assertEquals(1, plant.asked.size());
    birth(70, 1);
    plant.pass(10 * SECOND);
    assertEquals(2, plant.asked.size());
    birth(10_070, 1);
    ear.taken();
    plant.say("NDATA/n", payload(2, 10_090).addMetrics(alias(2, 5)));
    assertEquals(List.of("n/b"), ear.taken());
    assertEquals("born", plant.figures().state());
  }

  @Test
  void keepsWhatTheSenderSaysOfAValue() {
    Payload.Metric.Builder metric =
        named("a", 21.5)
            .setTimestamp(1_763_672_300_000L)
            .setIsHistorical(true)
            .setIsTransient(true)
            .setProperties(
                Payload.PropertySet.newBuilder()
                    .addKeys("engUnit")
                    .addValues(Payload.PropertyValue.newBuilder().setStringValue("l/min"))
                    .addKeys("Quality")
                    .addValues(Payload.PropertyValue.newBuilder().setIntValue(500)));
    plant.say("NBIRTH/n", session(0, 0, 1).addMetrics(metric));
    SpokenValue value = ear.values.getFirst();
    assertEquals("l/min", value.unit());
    assertEquals(Quality.STALE, value.quality());
    assertEquals(1_763_672_300_000_000L, value.stampMicros());
  }

  @Test
  void wantsATimeOfTheirOwnOfHistoricalValues() {
    birth(0, 1);
    plant.say(
        "NDATA/n",
        payload(2, 20).addMetrics(alias(2, 5).setIsHistorical(true)).addMetrics(alias(1, 6)));
    assertEquals(List.of(RejectReason.BAD_STAMP), ear.rejects);
    assertEquals(6, ear.values.getLast().number());
  }

  @Test
  void rejectsWhatIsNoSeriesByItsNameAndSparesTheOthers() {
    Payload.Metric.Builder table =
        Payload.Metric.newBuilder()
            .setName("table")
            .setDatatype(DataType.DataSet.getNumber())
            .setDatasetValue(Payload.DataSet.newBuilder().setNumOfColumns(1));
    Payload.Metric.Builder none = named("a", 1).clearDoubleValue().setIsNull(true);
    plant.say(
        "NBIRTH/n",
        session(0, 0, 1)
            .addMetrics(table)
            .addMetrics(named("Node Control/Rebirth", 0))
            .addMetrics(none)
            .addMetrics(named("x".repeat(65), 1))
            .addMetrics(named("b", 2)));
    assertEquals(List.of(RejectReason.UNSUPPORTED_TYPE, RejectReason.BAD_SERIES_NAME), ear.rejects);
    assertEquals(List.of("n/b"), ear.taken());
    plant.say("NDATA/n", payload(1, 20).addMetrics(none.setName("b")));
    assertEquals(List.of("n/b BAD"), ear.again);
  }

  @Test
  void hearsNothingButWhatNodesSay() {
    plant.say("NCMD/n", payload(0, 0).addMetrics(named("a", 1)));
    plant.say("NDATA/n/d", payload(0, 0).addMetrics(named("a", 1)));
    plant.say("DDATA/n", payload(0, 0).addMetrics(named("a", 1)));
    plant.host.read("spBv1.0/STATE/host", new byte[] {'{'}, ear);
    assertEquals(List.of(), ear.taken());
    assertEquals(List.of(), ear.rejects);
    assertEquals(List.of(), plant.host.figures());
    assertTrue(plant.host.reads("spBv1.0/STATE/host"));
    assertFalse(plant.host.reads("sensors/a/b"));
  }

  /** Two metrics of the node, one of its device. */
  private void birth(long at, int session) {
    plant.say(
        "NBIRTH/n",
        session(0, at, session).addMetrics(declared("a", 1, 1)).addMetrics(declared("b", 2, 2)));
    plant.say("DBIRTH/n/d", payload(1, at + 10).addMetrics(declared("x", 3, 3)));
  }
}
