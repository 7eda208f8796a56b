package io.edgeflow.gateway.sparkplug;

import static io.edgeflow.gateway.sparkplug.Plant.alias;
import static io.edgeflow.gateway.sparkplug.Plant.declared;
import static io.edgeflow.gateway.sparkplug.Plant.named;
import static io.edgeflow.gateway.sparkplug.Plant.payload;
import static io.edgeflow.gateway.sparkplug.Plant.session;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.edgeflow.aggregator.reading.SeriesName;
import io.edgeflow.gateway.capture.RejectReason;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What strangers send: nothing throws, and nothing takes more memory than its bytes allow. */
final class GarbageTest {
  private final Plant plant = new Plant();
  private final Ear ear = plant.ear;

  @BeforeEach
  void aNodeThatIsBorn() {
    plant.say("NBIRTH/n", session(0, 0, 1).addMetrics(declared("a", 1, 1)));
    ear.taken();
  }

  @Test
  void survivesRandomBytesTruncationAndFlippedBits() {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    byte[] good = payload(1, 10).addMetrics(declared("a", 1, 1)).build().toByteArray();
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes =
          switch (i % 3) {
            case 0 -> {
              byte[] any = new byte[random.nextInt(60)];
              random.nextBytes(any);
              yield any;
            }
            case 1 -> Arrays.copyOf(good, random.nextInt(good.length));
            default -> {
              byte[] flipped = good.clone();
              flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
              yield flipped;
            }
          };
      String type = List.of("NBIRTH/n", "NDATA/n", "DDATA/n/d", "NDEATH/n").get(random.nextInt(4));
      plant.say(type, bytes);
    }
    assertTrue(ear.rejects.contains(RejectReason.UNPARSEABLE), "seed " + seed);
    assertTrue(plant.asked.size() <= 1, () -> "seed " + seed + ": " + plant.asked.size());
  }

  @Test
  void rejectsATruncatedMessageWhole() {
    byte[] good =
        payload(1, 10).addMetrics(alias(1, 1)).addMetrics(alias(1, 2)).build().toByteArray();
    plant.say("NDATA/n", Arrays.copyOf(good, good.length - 3));
    assertEquals(List.of(), ear.taken());
    assertEquals(List.of(RejectReason.UNPARSEABLE), ear.rejects);
  }

  /** Two bytes claim an object of a hundred. */
  @Test
  void refusesMoreMetricsThanAMessageMayHaveBeforeItReadsThem() {
    byte[] bomb = new byte[1 << 20];
    for (int at = 0; at < bomb.length; at += 2) {
      bomb[at] = 0x12;
    }
    rejects(bomb, RejectReason.TOO_MANY_VALUES);
    rejects(new byte[(1 << 20) + 1], RejectReason.TOO_LARGE);
  }

  @Test
  void refusesAMetricThatHoldsTooMuch() {
    Payload.Metric table =
        Payload.Metric.newBuilder()
            .setName("t")
            .setBytesValue(ByteString.copyFrom(new byte[70_000]))
            .build();
    rejects(payload(1, 10).addMetrics(table).build().toByteArray(), RejectReason.TOO_LARGE);
  }

  @Test
  void refusesDeepNests() {
    Payload.PropertySet.Builder set = Payload.PropertySet.newBuilder();
    for (int depth = 0; depth < 40; depth++) {
      Payload.PropertyValue.Builder value =
          Payload.PropertyValue.newBuilder().setPropertysetValue(set);
      set = Payload.PropertySet.newBuilder().addKeys("k").addValues(value);
    }
    Payload.Metric deep = Payload.Metric.newBuilder().setName("t").setProperties(set).build();
    rejects(payload(1, 10).addMetrics(deep).build().toByteArray(), RejectReason.UNPARSEABLE);
  }

  @Test
  void refusesCompressedPayloads() {
    byte[] compressed =
        payload(1, 10)
            .setUuid("SPBV1.0_COMPRESSED")
            .setBody(ByteString.copyFromUtf8("?"))
            .build()
            .toByteArray();
    rejects(compressed, RejectReason.UNPARSEABLE);
  }

  @Test
  void forgetsNoMoreThanItMayRemember() {
    Payload.Builder birth = session(0, 10, 2);
    for (int i = 0; i < 2_000; i++) {
      birth.addMetrics(declared("m" + i, i, i));
    }
    isTooMuchUntilItIsForgotten(birth);
  }

  private void isTooMuchUntilItIsForgotten(Payload.Builder birth) {
    plant.say("NBIRTH/many", birth);
    assertTrue(ear.rejects.contains(RejectReason.SERIES_LIMIT));
    ear.rejects.clear();
    // What a birth forgets another may use.
    plant.say("NBIRTH/many", session(0, 20, 2));
    plant.say("NBIRTH/other", session(0, 30, 2).addMetrics(declared("a", 1, 1)));
    assertEquals(List.of(), ear.rejects);
  }

  /** One metric of a thousand names. */
  @Test
  void remembersNoMoreAliasesThanItMay() {
    Payload.Builder birth = session(0, 10, 2);
    for (int i = 0; i < 2_000; i++) {
      birth.addMetrics(declared("m", i, i));
    }
    isTooMuchUntilItIsForgotten(birth);
  }

  /** Each is remembered, and stands in an event, for which there is a limit. */
  @Test
  void refusesTopicsThatNameTooMuch() {
    String name = "x".repeat(201);
    for (String level : List.of("NDATA/" + name, "DDATA/n/" + name)) {
      plant.say(level, payload(1, 10).addMetrics(named("a", 1)));
    }
    plant.host.read("spBv1.0/" + name + "/NDATA/n", payload(1, 10).build().toByteArray(), ear);
    assertEquals(Collections.nCopies(3, RejectReason.BAD_SERIES_NAME), ear.rejects);
    assertEquals(1, plant.host.figures().size());
    assertEquals(List.of(), ear.taken());
    assertEquals(List.of(), plant.asked);
  }

  /** It cannot be a series; what is kept of it is no longer than one that could. */
  @Test
  void keepsOnlyTheBeginningOfANameThatIsTooLong() {
    String name = "#".repeat(60_000);
    String series = new SeriesNames("<node>/<device>/<metric>").name("g", "n", null, name);
    assertEquals(SeriesName.MAX_BYTES + 1, series.length());
    plant.say("NBIRTH/n", session(0, 20, 2).addMetrics(declared(name, 1, 1)));
    plant.say("NDATA/n", payload(1, 30).addMetrics(alias(1, 5)).addMetrics(named(name, 5)));
    assertEquals(Collections.nCopies(3, RejectReason.BAD_SERIES_NAME), ear.rejects);
    assertEquals(List.of(), plant.asked);
  }

  private void rejects(byte[] payload, RejectReason reason) {
    plant.say("NDATA/n", payload);
    assertEquals(List.of(reason), ear.rejects);
    assertEquals(List.of(), ear.taken());
    ear.rejects.clear();
  }
}
