package io.edgeflow.wire.payload;

import static io.edgeflow.wire.payload.Readout.at;
import static io.edgeflow.wire.payload.Readout.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.aggregator.reading.Kind;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PathReaderTest {
  private static final String TOPIC = "plant/4/press/data";

  @Test
  void takesSeveralValuesOfOneMessageByTheirPaths() {
    assertEquals(
        List.of("4-press/temp=61.25 @1763672400000000", "4-press/flow=21.5 @1763672400000000"),
        readout(
                json(
                    "",
                    Map.of(),
                    "$.ts",
                    "",
                    at("flow", "$.sensors.flow.value"),
                    at("temp", "$.sensors.temp")))
            .read(
                TOPIC,
                "{\"sensors\":{\"temp\":61.25,\"flow\":{\"value\":21.5,\"unit\":\"l/min\"}},\"ts\":1763672400}"));
  }

  @Test
  void takesTheTimeWhereverItStands() {
    Form form = json("", Map.of(), "$.head.at", "", at("flow", "$.v[1]"));
    String series = "4-press/flow=2.0 @1763672400125000";
    assertEquals(
        List.of(series),
        readout(form)
            .read(TOPIC, "{\"v\":[1,2,3],\"head\":{\"at\":\"2025-11-20T21:00:00.125Z\"}}"));
    assertEquals(
        List.of(series),
        readout(form).read(TOPIC, "{\"head\":{\"at\":1763672400125},\"v\":[1,2]}"));
  }

  @Test
  void namesThePointsThatAStarStandsFor() {
    assertEquals(
        List.of("4-press/a=1.0", "4-press/b=2.0"),
        readout(json(at("*", "$.values.*"))).read(TOPIC, "{\"values\":{\"a\":1,\"b\":2},\"c\":3}"));
    assertEquals(
        List.of("4-press/axis-x-speed=1.0", "4-press/axis-y-speed=2.0"),
        readout(json(at("axis-*-speed", "$.axes.*.speed")))
            .read(TOPIC, "{\"axes\":{\"x\":{\"speed\":1,\"load\":9},\"y\":{\"speed\":2}}}"));
    assertEquals(
        List.of("4-press/pump/0=1.0", "4-press/pump/1=true"),
        readout(json(at("*", "$.*.*"))).read(TOPIC, "{\"pump\":[1,true]}"));
  }

  @Test
  void takesAllThatIsMeasuredBelow() {
    assertEquals(
        List.of(
            "4-press/a=1.0 @1763672400000000",
            "4-press/b/c=2.5 @1763672400000000",
            "4-press/b/d/0=false @1763672400000000"),
        readout(json("", Map.of(), "$.ts", "", at("*", "$.**")))
            .read(
                TOPIC,
                "{\"id\":\"x\",\"a\":1,\"b\":{\"c\":2.5,\"d\":[false,null]},\"ts\":1763672400}"));
  }

  @Test
  void prefersANameToTheStarBesideIt() {
    assertEquals(
        List.of("4-press/flow=1.0", "4-press/b=2.0", "4-press/x/y=3.0", "4-press/x/z=4.0"),
        readout(json(at("flow", "$.a"), at("*", "$.**"), at("special", "$.x.w")))
            .read(TOPIC, "{\"a\":1,\"b\":2,\"x\":{\"y\":3,\"z\":4}}"));
  }

  @Test
  void takesRowsWithTimesAndQualitiesOfTheirOwn() {
    assertEquals(
        List.of(
            "4-press/v=1.0 @1763672400000000",
            "4-press/v=2.0 @1763672401000000 bad",
            "4-press/v=3.0 @1763672409000000 uncertain"),
        readout(json("$.rows[*]", Map.of(), "@.t", "@.q", at("v", "@.v")))
            .read(
                TOPIC,
                "{\"rows\":[{\"v\":1,\"t\":1763672400,\"q\":\"OK\"},{\"q\":0,\"v\":2,\"t\":1763672401},"
                    + "{\"v\":3,\"t\":1763672409,\"q\":\"odd\"}]}"));
  }

  @Test
  void namesSeriesByWhatTheDocumentSays() {
    Form form = json("$[*]", Map.of("sensor", "@.n"), "", "", at("v", "@.v"));
    assertEquals(
        List.of(
            "press/a=1.0", "v: BAD_SERIES_NAME the document does not say <sensor>", "press/b=3.0"),
        readout("<device>/<sensor>", form)
            .read(TOPIC, "[{\"n\":\"a\",\"v\":1},{\"v\":2},{\"v\":3,\"n\":\"b\"}]"));
  }

  /** Another time than the sender's would be a guess, and no series is called null. */
  @Test
  void takesNothingForGrantedWhereSomethingElseStands() {
    String bad = ": BAD_STAMP the time cannot be read as the mapping's time.format";
    Form form = json("", Map.of(), "$.ts", "$.q", at("v", "$.v"));
    assertEquals(
        List.of("4-press/v" + bad),
        readout(form).read(TOPIC, "{\"ts\":{\"$date\":1763672400000},\"v\":1}"));
    assertEquals(List.of("4-press/v" + bad), readout(form).read(TOPIC, "{\"v\":1,\"ts\":[]}"));
    assertEquals(
        List.of("4-press/v=1.0 uncertain"),
        readout(form).read(TOPIC, "{\"v\":1,\"q\":{\"code\":0},\"ts\":null}"));
    Form rows = json("$.r[*]", Map.of("n", "@.n"), "$.ts", "", at("v", "@.v"));
    assertEquals(
        List.of("v: BAD_SERIES_NAME the document does not say <n>", "press/7=2.0"),
        readout("<device>/<n>", rows)
            .read(TOPIC, "{\"r\":[{\"n\":null,\"v\":1},{\"n\":7,\"v\":2}]}"));
    assertEquals(
        List.of("press/a" + bad),
        readout("<device>/<n>", rows)
            .read(TOPIC, "{\"r\":[{\"n\":\"a\",\"v\":1}],\"ts\":{\"s\":1}}"));
  }

  @Test
  void findsWhatIsSaidOfAllRowsAlsoBehindThem() {
    Form form = json("$.e[*]", Map.of("unit", "$.id", "s", "@.n"), "$.t", "$.q", at("v", "@.v"));
    assertEquals(
        List.of("u7/a=1.0 @1763672400000000 stale", "u7/b=2.0 @1763672400000000 stale"),
        readout("<unit>/<s>", form)
            .read(
                TOPIC,
                "{\"e\":[{\"n\":\"a\",\"v\":1},{\"n\":\"b\",\"v\":2}],\"id\":\"u7\",\"t\":1763672400,\"q\":\"stale\"}"));
  }

  @Test
  void makesOfAValueWhatThePointIsToBe() {
    Form form =
        json(
            at("number", "$.a", Kind.GAUGE),
            at("state", "$.b", Kind.STATE),
            at("text", "$.c", Kind.TEXT),
            at("free", "$.d"),
            at("word", "$.e"),
            at("none", "$.f", Kind.GAUGE),
            new Point("scaled", "$.g", 0.1, -3, PointPolicy.NONE));
    assertEquals(
        List.of(
            "4-press/number=21.5",
            "4-press/state=true",
            "4-press/text=\"1.50\"",
            "4-press/free=false",
            "4-press/word=\"12\"",
            "4-press/none: NOT_A_NUMBER a text where a number is meant",
            "4-press/scaled=-1.0"),
        readout(form)
            .read(
                TOPIC,
                "{\"a\":\"21.5\",\"b\":\"ON\",\"c\":1.50,\"d\":false,\"e\":\"12\",\"f\":\"n/a\",\"g\":20}"));
  }

  @Test
  void saysWhatIsKnownOfTheSeries() {
    PointPolicy policy = new PointPolicy(Kind.STATE, "bar", null);
    ParsedMessage message =
        readout(json(Point.plain("a", "$.a", policy), at("b", "$.b")))
            .parse(TOPIC, "{\"a\":1,\"b\":2}");
    assertEquals(policy, message.policy(0));
    assertEquals(PointPolicy.NONE, message.policy(1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"x\":null,\"y\":2}|4-press/x: NOT_A_NUMBER null instead of a value",
        "{\"x\":{\"a\":1},\"y\":2}|4-press/x: NOT_A_NUMBER an object or an array instead of a"
            + " value",
        "{\"x\":1e999,\"y\":2}|4-press/x: OUT_OF_RANGE the number is too large"
      })
  void letsABadValueCostOnlyItself(String payload, String fault) {
    assertEquals(
        List.of(fault, "4-press/y=2.0"),
        readout(json(at("x", "$.x"), at("y", "$.y"))).read(TOPIC, payload));
  }

  @ParameterizedTest
  @ValueSource(strings = {"noon", "99999999999999999999", "12:30"})
  void rejectsTheReadingsOfAStampThatMakesNoSense(String stamp) {
    assertEquals(
        PayloadFault.BAD_STAMP,
        readout(json("", Map.of(), "$.t", "", at("x", "$.x")))
            .parse(TOPIC, "{\"x\":1,\"t\":\"" + stamp + "\"}")
            .fault(0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"z\":1}|UNPARSEABLE",
        "[]|UNPARSEABLE",
        "7|UNPARSEABLE",
        "{\"x\":1} 2|UNPARSEABLE",
        "{\"x\":1,\"x\":2}|UNPARSEABLE",
        "{\"x\":|UNPARSEABLE",
        "plain words|UNPARSEABLE"
      })
  void rejectsAMessageThatMakesNoSense(String payload, PayloadFault reason) {
    ParsedMessage message = readout(json(at("x", "$.x"))).parse(TOPIC, payload);
    assertEquals(ParsedMessage.Outcome.REJECTED, message.outcome());
    assertEquals(reason, message.reason(), message.detail());
  }

  @Test
  void boundsWhatAMessageMayCost() {
    Readout all = readout(json(at("*", "$.**")));
    String many = "1,".repeat(20_000) + "1";
    assertEquals(PayloadFault.TOO_MANY_VALUES, all.parse(TOPIC, "[" + many + "]").reason());
    assertEquals(PayloadFault.TOO_DEEP, all.parse(TOPIC, "{\"a\":".repeat(1_000) + "1").reason());
    assertEquals(
        PayloadFault.TOO_LARGE, all.parse(TOPIC, "{\"a\":" + "9".repeat(500) + "}").reason());
    assertEquals(PayloadFault.TOO_LARGE, all.parse(TOPIC, "1".repeat(300_000)).reason());
  }

  @Test
  void neverThrowsWhateverComes() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    Readout[] readouts = {
      readout(json(at("*", "$.**"), at("a", "$.a.b"))),
      readout(json("$.*", Map.of(), "@.t", "$.q", at("*", "@.**"))),
      readout("<device>/<n>", json("$[*]", Map.of("n", "@.n"), "$[0].t", "", at("v", "@.v")))
    };
    String[] words = {
      "{",
      "}",
      "[",
      "]",
      ":",
      ",",
      "\"a\"",
      "\"n\"",
      "\"v\"",
      "\"t\"",
      "1",
      "-2e3",
      "null",
      "true",
      "\"\\u0000\"",
      "9".repeat(30)
    };
    for (int i = 0; i < 50_000; i++) {
      StringBuilder payload = new StringBuilder(random.nextBoolean() ? "{\"a\":" : "[{\"v\":");
      for (int n = random.nextInt(20); n > 0; n--) {
        payload.append(words[random.nextInt(words.length)]);
      }
      try {
        readouts[i % readouts.length].read(TOPIC, payload.toString());
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed + " payload " + payload, e);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "a.b", "$..a", "$.a[", "$.a[x]", "$.a[-1]", "$['a", "$.a?(b)", "$.**.a", "$.", "$a"
      })
  void refusesWhatIsNoPath(String path) {
    assertNotNull(JsonPath.fault(path));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$",
        "$.a",
        "$['a.b'].c",
        "$[\"a b\"]",
        "$[0][*].x",
        "$.*.y",
        "@.v",
        "$.**",
        "$.Ünit"
      })
  void takesEveryFormOfAPath(String path) {
    assertNull(JsonPath.fault(path));
  }

  @Test
  void takesNamesThatOnlyBracketsCanSay() {
    assertEquals(
        List.of("4-press/flow=1.0"),
        readout(json(at("flow", "$['Flow Rate'].a[0]['x.y']")))
            .read(TOPIC, "{\"Flow Rate\":{\"a\":[{\"x.y\":1}]}}"));
  }

  @Test
  void takesADocumentThatIsOneValue() {
    assertEquals(List.of("4-press/v=3.5"), readout(json(at("v", "$"))).read(TOPIC, "3.5"));
    assertTrue(readout(json(at("v", "$"))).read(TOPIC, "{}").getFirst().contains("NOT_A_NUMBER"));
  }

  private static Readout readout(Form form) {
    return readout("<line>-<device>/<point>", form);
  }

  private static Readout readout(String series, Form form) {
    return new Readout("plant/<line>/<device>/data", series, form);
  }
}
