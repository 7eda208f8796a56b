package io.edgeflow.wire.payload;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.edgeflow.aggregator.reading.Kind;
import io.edgeflow.aggregator.reading.Quality;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What one mapping makes of messages, as lines: {@code pump-7/flow=21.5 @1763672400000000 stale}.
 */
final class Readout {
  static final StampRule AUTO = StampRule.of("auto", ZoneId.of("UTC"));

  private final PayloadParser parser;

  Readout(String topic, String series, Form form) {
    this(new Mapping(TopicPattern.parse(topic), form, SeriesTemplate.parse(series), false, false));
  }

  Readout(Mapping... mappings) {
    parser = new PayloadParser(List.of(mappings), PayloadLimits.STANDARD);
  }

  static Form json(Point... points) {
    return json("", Map.of(), "", "", points);
  }

  static Form json(
      String each, Map<String, String> names, String time, String quality, Point... points) {
    return new Form.Json(
        each,
        List.of(points),
        names,
        time,
        AUTO,
        quality,
        new QualityRule(Map.of("OK", Quality.GOOD, "192", Quality.GOOD, "0", Quality.BAD)));
  }

  static Point at(String name, String from) {
    return Point.plain(name, from, PointPolicy.NONE);
  }

  static Point at(String name, String from, Kind kind) {
    return Point.plain(name, from, new PointPolicy(kind, "", null));
  }

  ParsedMessage parse(String topic, String payload) {
    return parser.parse(topic, payload.getBytes(UTF_8));
  }

  ParsedMessage parse(String topic, byte[] payload) {
    return parser.parse(topic, payload);
  }

  List<String> read(String topic, String payload) {
    ParsedMessage message = parse(topic, payload);
    return switch (message.outcome()) {
      case REJECTED -> List.of(message.reason() + " " + message.detail());
      case NOT_OURS -> List.of("not ours");
      case READINGS -> IntStream.range(0, message.size()).mapToObj(i -> line(message, i)).toList();
    };
  }

  private static String line(ParsedMessage message, int i) {
    PayloadFault fault = message.fault(i);
    if (fault != null) {
      return message.series(i) + ": " + fault + " " + message.faultDetail(i);
    }
    String value =
        message.isText(i)
            ? '"' + message.text(i) + '"'
            : message.isTruth(i)
                ? message.number(i) == 1 ? "true" : "false"
                : Double.toString(message.number(i));
    return message.series(i)
        + "="
        + value
        + (message.stamped(i) ? " @" + message.stampMicros(i) : "")
        + (message.quality(i) == Quality.GOOD ? "" : " " + message.quality(i).word());
  }
}
