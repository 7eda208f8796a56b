package io.edgeflow.wire.payload;

import static io.edgeflow.wire.payload.Readout.at;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.aggregator.reading.Kind;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CsvReaderTest {
  private static final String TOPIC = "log/press";

  @Test
  void takesEachColumnOfEachRow() {
    assertEquals(
        List.of(
            "press/flow=21.5 @1763672400000000",
            "press/temp=61.0 @1763672400000000",
            "press/flow=22.0 @1763672401000000"),
        readout(table(List.of(), false, ',', false, "ts", ""))
            .read(TOPIC, "ts,flow,temp\n1763672400,21.5,61\n1763672401, 22 ,\n"));
  }

  /** As Excel writes it. */
  @Test
  void knowsTheFirstColumnBehindAByteOrderMark() {
    assertEquals(
        List.of("press/flow=21.5 @1763672400000000"),
        readout(table(List.of(), false, ',', false, "ts", ""))
            .read(TOPIC, "\uFEFFts,flow\n1763672400,21.5\n"));
  }

  @Test
  void knowsColumnsThatTheTableDoesNotName() {
    Form form = table(List.of("ts", "flow"), false, ';', true, "ts", "");
    assertEquals(
        List.of("press/flow=21.5 @1763672400000000"), readout(form).read(TOPIC, "1763672400;21,5"));
    Form skipping = table(List.of("ts", "flow"), true, ';', true, "ts", "");
    assertEquals(
        List.of("press/flow=1.0 @1763672400000000"),
        readout(skipping).read(TOPIC, "time;Durchfluss\r\n1763672400;1\r\n"));
  }

  @Test
  void takesOnlyTheColumnsThatAreNamed() {
    Form form =
        table(List.of(), false, ',', false, "", "", at("speed", "n"), at("mode", "m", Kind.TEXT));
    assertEquals(
        List.of("press/speed=900.0", "press/mode=\"7\"", "press/mode=\"a, \"b\"\""),
        readout(form).read(TOPIC, "x,n,m\n1,900,7\n2,,\"a, \"\"b\"\"\"\n"));
  }

  @Test
  void namesSeriesByColumns() {
    Form form = table(List.of(), false, ',', false, "t", "q", at("v", "v"));
    assertEquals(
        List.of("press/flow=1.5 @1763672400000000", "press/run=true @1763672401000000 bad"),
        new Readout("log/<device>", "<device>/<metric>", form)
            .read(TOPIC, "t,metric,v,q\n1763672400,flow,1.5,good\n1763672401,run,true,bad\n"));
  }

  @Test
  void letsABadRowCostOnlyItself() {
    assertEquals(
        List.of(
            "press/a=1.0",
            "press/b=2.0",
            ": UNPARSEABLE row 3 has 3 columns, not 2",
            "press/a: NOT_A_NUMBER not a finite number",
            "press/b=4.0"),
        readout(table(List.of(), false, ',', false, "", ""))
            .read(TOPIC, "a,b\n1,2\n1,2,3\nNaN,4\n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a,b", "a,b\n,\n", "x,y\n1,2", "\"a", "\u0000"})
  void rejectsATableWithoutValues(String payload) {
    Form form = table(List.of(), false, ',', false, "", "", at("a", "a"));
    ParsedMessage message = readout(form).parse(TOPIC, payload);
    assertEquals(ParsedMessage.Outcome.REJECTED, message.outcome());
    assertEquals(PayloadFault.UNPARSEABLE, message.reason(), message.detail());
  }

  @Test
  void boundsWhatAMessageMayCost() {
    Readout readout = readout(table(List.of(), false, ',', false, "", ""));
    assertEquals(
        PayloadFault.TOO_MANY_VALUES, readout.parse(TOPIC, "a\n" + "1\n".repeat(20_000)).reason());
    assertEquals(
        PayloadFault.TOO_MANY_VALUES, readout.parse(TOPIC, ",".repeat(20_000) + "\n1").reason());
    assertTrue(
        readout.read(TOPIC, "a,b\n1," + "x".repeat(2_000)).getFirst().startsWith("TOO_LARGE"),
        () -> readout.read(TOPIC, "a,b\n1," + "x".repeat(2_000)).toString());
  }

  @Test
  void neverThrowsWhateverComes() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    Readout readout = readout(table(List.of(), false, ',', false, "a", "b"));
    String alphabet = "ab,,\n\n\"\"1.5 \r\t;\\\u0000é";
    for (int i = 0; i < 20_000; i++) {
      StringBuilder payload = new StringBuilder(random.nextBoolean() ? "a,b,c\n" : "");
      for (int n = random.nextInt(30); n > 0; n--) {
        payload.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      try {
        readout.read(TOPIC, payload.toString());
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed + " payload " + payload, e);
      }
    }
  }

  private static Readout readout(Form form) {
    return new Readout("log/<device>", "<device>/<point>", form);
  }

  private static Form table(
      List<String> columns,
      boolean header,
      char separator,
      boolean comma,
      String time,
      String quality,
      Point... points) {
    return new Form.Csv(
        columns,
        header,
        separator,
        comma,
        List.of(points),
        PointPolicy.NONE,
        time,
        Readout.AUTO,
        quality,
        QualityRule.OWN);
  }
}
