package io.edgeflow.wire.payload;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.wire.payload.ParsedMessage.Outcome;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PayloadParserTest {
  private static final String TOPIC = "sensors/pump-7/flow";

  private final PayloadParser parser = PayloadParser.standard();

  @ParameterizedTest
  @CsvSource({
    "21.5, 21.5",
    "-3, -3",
    " 7 , 7",
    "1e3, 1000",
    "+2.5, 2.5",
    ".5, 0.5",
    "0.1, 0.1",
    "123456789012345678, 123456789012345678",
    "true, 1",
    "false, 0",
    "-0.0, -0.0",
    "3.141592653589793238, 3.141592653589793238",
    "1.7976931348623157e308, 1.7976931348623157e308"
  })
  void readsABareNumber(String payload, double expected) {
    ParsedMessage message = parse(payload);

    assertEquals(1, message.size(), message.detail());
    assertEquals(expected, message.number(0));
    assertEquals("pump-7/flow", message.series(0));
    assertFalse(message.stamped(0));
  }

  @Test
  void readsEveryDoubleExactlyAsJavaDoes() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      String text =
          random.nextBoolean()
              ? Double.toString(Double.longBitsToDouble(random.nextLong() & ~(1L << 62)))
              : (random.nextInt(2_000_000) - 1_000_000) + "." + random.nextInt(100_000);
      assertEquals(Double.parseDouble(text), parse(text).number(0), "seed " + seed + " " + text);
    }
  }

  @Test
  void readsAValueWithItsStampInMilliseconds() {
    ParsedMessage message = parse("{\"value\":21.5,\"ts\":1763672400000}");

    assertEquals(21.5, message.number(0));
    assertEquals(1_763_672_400_000_000L, message.stampMicros(0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"2025-11-20T21:00:00Z\"",
        "\"2025-11-20T22:00:00+01:00\"",
        "1763672400000",
        "1763672400000.0"
      })
  void readsEveryFormOfAStamp(String stamp) {
    assertEquals(
        1_763_672_400_000_000L, parse("{\"ts\":" + stamp + ",\"value\":1}").stampMicros(0));
  }

  @Test
  void readsFractionsOfMillisecondsAsMicroseconds() {
    assertEquals(
        1_763_672_400_000_125L, parse("{\"ts\":1763672400000.125,\"value\":1}").stampMicros(0));
  }

  @Test
  void namesSeveralValuesUnderTheirPoint() {
    ParsedMessage message = parse("{\"values\":{\"a\":1,\"b\":2.5},\"ts\":1763672400000}");

    assertEquals(2, message.size());
    assertEquals("pump-7/flow/a", message.series(0));
    assertEquals("pump-7/flow/b", message.series(1));
    assertEquals(2.5, message.number(1));
    assertEquals(1_763_672_400_000_000L, message.stampMicros(1));
  }

  @Test
  void namesSeveralValuesUnderTheirDevice() {
    ParsedMessage message = parser.parse("sensors/pump-7", bytes("{\"values\":{\"a\":1}}"));

    assertEquals("pump-7/a", message.series(0));
  }

  @Test
  void readsAnArrayWithAStampForEach() {
    ParsedMessage message =
        parse("[{\"value\":1,\"ts\":1763672400000},{\"value\":2,\"ts\":1763672401000},3]");

    assertEquals(3, message.size());
    assertEquals(1_763_672_401_000_000L, message.stampMicros(1));
    assertFalse(message.stamped(2));
  }

  @Test
  void readsATextInQuotes() {
    ParsedMessage message = parse("{\"value\":\"auto\",\"ts\":null}");

    assertTrue(message.isText(0));
    assertEquals("auto", message.text(0));
    assertFalse(message.stamped(0));
  }

  @Test
  void ignoresFieldsItDoesNotKnow() {
    ParsedMessage message = parse("{\"unit\":{\"x\":[1]},\"value\":4,\"n\":null}");

    assertEquals(4, message.number(0));
    assertNull(message.fault(0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hello|UNPARSEABLE",
        "{|UNPARSEABLE",
        "{}|UNPARSEABLE",
        "[]|UNPARSEABLE",
        "[[1]]|UNPARSEABLE",
        "{\"value\":1} x|UNPARSEABLE",
        "{\"value\":1}{\"value\":2}|UNPARSEABLE",
        "{\"values\":3}|UNPARSEABLE",
        "{\"ts\":5}|UNPARSEABLE",
        "{\"value\":1,\"value\":2}|UNPARSEABLE",
        "{\"value\":NaN}|UNPARSEABLE",
        "NaN|NOT_A_NUMBER",
        "-Infinity|NOT_A_NUMBER",
        "1e999|OUT_OF_RANGE",
        "0x10|UNPARSEABLE",
        "1,5|UNPARSEABLE",
        "1d|UNPARSEABLE"
      })
  void rejectsAMessageThatMakesNoSense(String payload, PayloadFault reason) {
    ParsedMessage message = parse(payload);

    assertEquals(Outcome.REJECTED, message.outcome());
    assertEquals(reason, message.reason(), message.detail());
    assertFalse(message.detail().isBlank());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"values\":{\"a\":null,\"b\":2}}|NOT_A_NUMBER",
        "{\"values\":{\"a\":{\"x\":1},\"b\":2}}|NOT_A_NUMBER",
        "{\"values\":{\"a\":1e999,\"b\":2}}|OUT_OF_RANGE",
        "{\"values\":{\"a*\":1,\"b\":2}}|BAD_SERIES_NAME",
        "[{\"ts\":\"noon\",\"value\":1},2]|BAD_STAMP",
        "[{\"ts\":1e300,\"value\":1},2]|BAD_STAMP",
        "[{\"ts\":99999999999999999999,\"value\":1},2]|BAD_STAMP",
        "[{\"ts\":-9223372036854775808,\"value\":1},2]|BAD_STAMP",
        "[{\"ts\":[1],\"value\":1},2]|BAD_STAMP"
      })
  void letsABadValueCostOnlyItself(String payload, PayloadFault reason) {
    ParsedMessage message = parse(payload);

    assertEquals(Outcome.READINGS, message.outcome(), message.detail());
    assertEquals(reason, message.fault(0));
    assertNull(message.fault(1));
    assertEquals(2, message.number(1));
  }

  @Test
  void rejectsTenThousandLevelsOfNesting() {
    String deep = "[".repeat(10_000) + "]".repeat(10_000);

    assertEquals(PayloadFault.TOO_DEEP, parse("{\"x\":" + deep + "}").reason());
  }

  @Test
  void rejectsAHugePayload() {
    assertEquals(PayloadFault.TOO_LARGE, parse("1".repeat(300_000)).reason());
  }

  @Test
  void rejectsMoreValuesThanItsLimit() {
    assertEquals(PayloadFault.TOO_MANY_VALUES, parse("[" + "1,".repeat(10_000) + "1]").reason());
  }

  @Test
  void rejectsInvalidUtf8() {
    byte[] payload = bytes("{\"value\":\"x\"}");
    payload[10] = (byte) 0xC3;

    assertEquals(PayloadFault.UNPARSEABLE, parser.parse(TOPIC, payload).reason());
  }

  /** What a spreadsheet puts in front of UTF-8 is no part of the first word. */
  @Test
  void readsOverAByteOrderMark() {
    for (String payload : List.of("\uFEFF21.5", "\uFEFF {\"value\":21.5}", "\uFEFFtrue")) {
      assertEquals(Outcome.READINGS, parser.parse(TOPIC, payload.getBytes(UTF_8)).outcome());
    }
    assertEquals(PayloadFault.UNPARSEABLE, parser.parse(TOPIC, "\uFEFF ".getBytes(UTF_8)).reason());
    Readout value =
        new Readout("a/<b>", "x/<b>", new Form.Value(Point.plain("", "", PointPolicy.NONE)));
    assertEquals(List.of("x/y=21.5"), value.read("a/y", "\uFEFF21.5"));
    Readout json = new Readout("a/<b>", "<b>/<point>", Readout.json(Readout.at("v", "$.v")));
    assertEquals(List.of("y/v=1.0"), json.read("a/y", "\uFEFF{\"v\":1}"));
  }

  @Test
  void rejectsATopicThatNothingMaps() {
    assertEquals(PayloadFault.NO_MAPPING, parser.parse("plant/flow", bytes("1")).reason());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"sensors/pump-7", "sensors/pump 7/\u0007", "sensors/a//b", "sensors/pump/*"})
  void rejectsATopicThatNamesNoSeries(String topic) {
    assertEquals(PayloadFault.BAD_SERIES_NAME, parser.parse(topic, bytes("1")).reason());
  }

  @ParameterizedTest
  @ValueSource(strings = {"edgeflow/v1/pi-7/hello", "$SYS/broker/load"})
  void leavesOtherTrafficAlone(String topic) {
    assertEquals(Outcome.NOT_OURS, parser.parse(topic, bytes("1")).outcome());
  }

  @Test
  void neverThrowsWhateverComes() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    String alphabet = "{}[]\":,.0123456789eE+-valuets \\unfr\u0000é";
    for (int i = 0; i < 50_000; i++) {
      StringBuilder payload = new StringBuilder(random.nextInt(4) == 0 ? "{\"value\":" : "");
      for (int n = random.nextInt(40); n > 0; n--) {
        payload.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      try {
        parse(payload.toString());
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed + " payload " + payload, e);
      }
    }
  }

  private ParsedMessage parse(String payload) {
    return parser.parse(TOPIC, bytes(payload));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  @Test
  void takesTheQualityThatTheSenderStates() {
    ParsedMessage message =
        parse(
            "[{\"value\":1,\"quality\":\"uncertain\"},{\"quality\":\"stale\",\"values\":{\"a\":1,\"b\":2}},"
                + "{\"value\":2},{\"value\":3,\"quality\":192},{\"value\":4,\"quality\":{\"code\":1}},"
                + "{\"value\":5,\"quality\":\"so-so\"},{\"value\":6,\"quality\":\"bad\"}]");
    assertEquals(Outcome.READINGS, message.outcome(), message.detail());
    assertEquals(
        List.of(
            Quality.UNCERTAIN,
            Quality.STALE,
            Quality.STALE,
            Quality.GOOD,
            Quality.GOOD,
            Quality.GOOD,
            Quality.GOOD,
            Quality.BAD),
        IntStream.range(0, message.size()).mapToObj(message::quality).toList());
  }
}
