package io.edgeflow.wire.payload;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.aggregator.reading.SeriesName;
import java.io.IOException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The JSON forms of a payload: {@code {"value":21.5,"ts":…}}, {@code
 * {"ts":…,"values":{"a":1,"b":2}}}, both perhaps with a {@code quality}, and arrays of those or of
 * plain values. Streams, so that no tree is built for a stranger. Owned by the parser's thread.
 */
final class JsonReadings {
  private final PayloadLimits limits;
  private final JsonFactory factory;

  JsonReadings(PayloadLimits limits) {
    this.limits = limits;
    this.factory = JsonFactories.of(limits, limits.depth());
  }

  void parse(byte[] payload, Route route, ParsedMessage into) throws Refused, IOException {
    try (JsonParser json = factory.createParser(payload)) {
      JsonToken first = json.nextToken();
      if (first == JsonToken.START_ARRAY) {
        array(json, route, into);
      } else if (first != null) {
        element(json, route, into);
      } else {
        throw new Refused(PayloadFault.UNPARSEABLE, "the payload is empty");
      }
      if (json.nextToken() != null) {
        throw new Refused(PayloadFault.UNPARSEABLE, "something follows the JSON value");
      }
    }
  }

  private void array(JsonParser json, Route route, ParsedMessage into) throws Refused, IOException {
    while (json.nextToken() != JsonToken.END_ARRAY) {
      element(json, route, into);
    }
    if (into.size() == 0) {
      throw new Refused(PayloadFault.UNPARSEABLE, "the array is empty");
    }
  }

  private void element(JsonParser json, Route route, ParsedMessage into)
      throws Refused, IOException {
    if (json.currentToken() == JsonToken.START_OBJECT) {
      object(json, route, into);
    } else if (json.currentToken() == JsonToken.START_ARRAY) {
      throw new Refused(PayloadFault.UNPARSEABLE, "an array inside an array");
    } else {
      value(json, route.base(), route.fault(), into);
    }
  }

  private void object(JsonParser json, Route route, ParsedMessage into)
      throws Refused, IOException {
    int first = into.size();
    boolean any = false;
    Stamped stamp = new Stamped.None();
    Quality quality = Quality.GOOD;
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      json.nextToken();
      switch (name) {
        case "value" -> {
          value(json, route.base(), route.fault(), into);
          any = true;
        }
        case "values" -> {
          values(json, route, into);
          any = true;
        }
        case "ts" -> stamp = stamp(json);
        case "quality" -> quality = quality(json);
        default -> json.skipChildren();
      }
    }
    if (!any) {
      throw new Refused(
          PayloadFault.UNPARSEABLE,
          "an object has neither \"value\" nor \"values\"; other keys need a mapping with format:"
              + " json");
    }
    apply(stamp, first, into);
    if (quality != Quality.GOOD) {
      into.qualifyFrom(first, quality);
    }
  }

  /** Of one of our words; what others mean by other words is not for us to guess. */
  private static Quality quality(JsonParser json) throws IOException {
    if (json.currentToken() == JsonToken.VALUE_STRING) {
      return Quality.ofWord(json.getText()).orElse(Quality.GOOD);
    }
    json.skipChildren();
    return Quality.GOOD;
  }

  private void values(JsonParser json, Route route, ParsedMessage into)
      throws Refused, IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw new Refused(PayloadFault.UNPARSEABLE, "\"values\" is not an object");
    }
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String series = route.base() + "/" + json.currentName();
      json.nextToken();
      value(json, series, SeriesName.fault(series), into);
    }
  }

  private void value(JsonParser json, String series, @Nullable String fault, ParsedMessage into)
      throws Refused, IOException {
    if (into.size() >= limits.values()) {
      throw new Refused(
          PayloadFault.TOO_MANY_VALUES, "more than " + limits.values() + " values in one message");
    }
    if (fault != null) {
      json.skipChildren();
      into.fault(series, PayloadFault.BAD_SERIES_NAME, fault);
      return;
    }
    switch (json.currentToken()) {
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(json.getDoubleValue(), series, into);
      case VALUE_TRUE -> into.number(series, 1);
      case VALUE_FALSE -> into.number(series, 0);
      case VALUE_STRING -> into.text(series, json.getText());
      default -> {
        json.skipChildren();
        into.fault(
            series, PayloadFault.NOT_A_NUMBER, "null, an object or an array instead of a value");
      }
    }
  }

  private static void number(double value, String series, ParsedMessage into) {
    if (Double.isFinite(value)) {
      into.number(series, value);
    } else {
      into.fault(series, PayloadFault.OUT_OF_RANGE, "the number is too large");
    }
  }

  private static Stamped stamp(JsonParser json) throws IOException {
    OptionalLong micros =
        switch (json.currentToken()) {
          case VALUE_NUMBER_INT ->
              json.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                  ? OptionalLong.empty()
                  : StampText.ofMillis(json.getLongValue());
          case VALUE_NUMBER_FLOAT -> StampText.ofMillis(json.getDoubleValue());
          case VALUE_STRING -> StampText.ofIso(json.getText());
          default -> OptionalLong.empty();
        };
    if (json.currentToken() == JsonToken.VALUE_NULL) {
      return new Stamped.None();
    }
    json.skipChildren();
    return micros.isPresent() ? new Stamped.At(micros.getAsLong()) : new Stamped.Senseless();
  }

  /** The stamp of an object, which may stand before or behind its values. */
  private sealed interface Stamped {
    record None() implements Stamped {}

    record Senseless() implements Stamped {}

    record At(long micros) implements Stamped {}
  }

  private static void apply(Stamped stamp, int first, ParsedMessage into) {
    switch (stamp) {
      case Stamped.None none -> {}
      case Stamped.At at -> into.stampFrom(first, at.micros);
      case Stamped.Senseless senseless ->
          into.faultFrom(
              first,
              PayloadFault.BAD_STAMP,
              "\"ts\" is neither milliseconds since 1970 nor ISO-8601 with an offset");
    }
  }
}
