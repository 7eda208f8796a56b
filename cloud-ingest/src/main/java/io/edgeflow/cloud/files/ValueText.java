package io.edgeflow.cloud.files;

import io.edgeflow.aggregator.reading.Kind;
import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.aggregator.reading.Values;
import io.edgeflow.wire.frame.FrameLimits;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Values, kinds and qualities as files write them. */
final class ValueText {
  private ValueText() {}

  /** A value of a series of some kind at some time. An empty one is none. */
  static Row.Reading reading(
      FileSeries series, long micros, String text, Quality quality, boolean decimalComma)
      throws BadLine {
    if (series.kind() == Kind.TEXT) {
      return new Row.Reading(series, micros, Double.NaN, text(text, quality), quality);
    }
    String bare = text.strip();
    if (bare.isEmpty()) {
      if (quality.carriesValue()) {
        throw new BadLine("the value is empty");
      }
      return new Row.Reading(series, micros, Double.NaN, null, quality);
    }
    return new Row.Reading(
        series, micros, number(decimalComma ? bare.replace(',', '.') : bare), null, quality);
  }

  static @Nullable String text(String text, Quality quality) throws BadLine {
    if (text.length() > FrameLimits.MAX_TEXT_CHARS) {
      throw new BadLine("the text has more than " + FrameLimits.MAX_TEXT_CHARS + " characters");
    }
    return text.isEmpty() && !quality.carriesValue() ? null : text;
  }

  static double number(String text) throws BadLine {
    if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
      return text.equalsIgnoreCase("true") ? 1 : 0;
    }
    try {
      char last = text.charAt(text.length() - 1);
      // Java would take 1d and 0x1p3 too, which nobody writes who means a number.
      if ((last >= '0' && last <= '9') || last == '.') {
        double value = Double.parseDouble(text);
        if (Values.acceptable(value)) {
          return Values.accepted(value);
        }
        throw new BadLine("the value " + BadLine.quoted(text) + " is beyond 1e140");
      }
    } catch (NumberFormatException none) {
      // Said below.
    }
    throw new BadLine(
        "the value " + BadLine.quoted(text) + " is no number: give --kind text if it is one");
  }

  static long whole(String text, String what) throws BadLine {
    try {
      return Long.parseLong(text.strip());
    } catch (NumberFormatException none) {
      throw new BadLine(what + " " + BadLine.quoted(text) + " is no whole number");
    }
  }

  static Kind kind(String text) throws BadLine {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "gauge", "" -> Kind.GAUGE;
      case "counter" -> Kind.COUNTER;
      case "state" -> Kind.STATE;
      case "text" -> Kind.TEXT;
      default ->
          throw new BadLine(
              "the kind " + BadLine.quoted(text) + " is none of gauge, counter, state, text");
    };
  }

  static Quality quality(String text) throws BadLine {
    if (text.isBlank()) {
      return Quality.GOOD;
    }
    return Quality.ofWord(text.strip().toLowerCase(Locale.ROOT))
        .orElseThrow(
            () ->
                new BadLine(
                    "the quality "
                        + BadLine.quoted(text)
                        + " is none of good, uncertain, stale, bad"));
  }

  static String unit(String text) throws BadLine {
    if (text.length() > FrameLimits.MAX_UNIT_CHARS) {
      throw new BadLine("the unit has more than " + FrameLimits.MAX_UNIT_CHARS + " characters");
    }
    return text.strip();
  }
}
