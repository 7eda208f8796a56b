package io.edgeflow.wire.payload;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.edgeflow.aggregator.reading.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ValueReaderTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "21.5|21.5",
        "1e3|1000.0",
        "true|true",
        "OFF|false",
        "on|true",
        "auto mode|\"auto mode\"",
        "\"12\"|\"12\"",
        "0x10|\"0x10\"",
      })
  void takesWhateverThePayloadIs(String payload, String value) {
    assertEquals(List.of("pump/state=" + value), readout(null).read("home/pump/state", payload));
  }

  @Test
  void makesOfItWhatThePointIsToBe() {
    assertEquals(List.of("pump/state=\"7\""), readout(Kind.TEXT).read("home/pump/state", "7"));
    assertEquals(
        List.of("pump/state: NOT_A_NUMBER a text where a number is meant"),
        readout(Kind.GAUGE).read("home/pump/state", "seven"));
    assertEquals(
        List.of("pump/state: NOT_A_NUMBER not a finite number"),
        readout(null).read("home/pump/state", "-Infinity"));
    assertEquals(
        List.of("pump/state: OUT_OF_RANGE the number is too large"),
        readout(null).read("home/pump/state", "1e999"));
  }

  @Test
  void refusesATextThatIsTooLong() {
    assertEquals(
        PayloadFault.TOO_LARGE, readout(null).parse("home/pump/state", "x".repeat(2_000)).fault(0));
  }

  @Test
  void takesTheFirstMappingThatMatches() {
    Readout two =
        new Readout(
            mapping("home/<device>/state", "<device>/first"),
            mapping("home/<device>/+", "<device>/second"));
    assertEquals(List.of("pump/first=1.0"), two.read("home/pump/state", "1"));
    assertEquals(List.of("pump/second=1.0"), two.read("home/pump/other", "1"));
    assertEquals(
        List.of("NO_MAPPING no mapping covers the topic home/pump"), two.read("home/pump", "1"));
  }

  @Test
  void ignoresWhatIsToBeRetainedWhereItIsToldTo() {
    Mapping ignoring =
        new Mapping(
            TopicPattern.parse("home/<device>/state"),
            new Form.Value(Point.plain("", "", PointPolicy.NONE)),
            SeriesTemplate.parse("<device>/state"),
            false,
            true);
    PayloadParser parser = new PayloadParser(List.of(ignoring), PayloadLimits.STANDARD);
    byte[] payload = {'1'};
    assertEquals(PayloadFault.RETAINED, parser.parse("home/pump/state", payload, true).reason());
    assertEquals(1, parser.parse("home/pump/state", payload, false).size());
  }

  private static Mapping mapping(String topic, String series) {
    return new Mapping(
        TopicPattern.parse(topic),
        new Form.Value(Point.plain("", "", PointPolicy.NONE)),
        SeriesTemplate.parse(series),
        false,
        false);
  }

  private static Readout readout(@org.jspecify.annotations.Nullable Kind kind) {
    return new Readout(
        "home/<device>/<what>",
        "<device>/<what>",
        new Form.Value(Point.plain("", "", new PointPolicy(kind, "", null))));
  }
}
