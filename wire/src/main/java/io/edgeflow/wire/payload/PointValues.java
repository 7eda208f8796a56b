package io.edgeflow.wire.payload;

import io.edgeflow.aggregator.reading.Kind;
import io.edgeflow.aggregator.reading.SeriesName;
import org.jspecify.annotations.Nullable;

/**
 * Puts what stands at a point into a message, as the kind of the point asks: numbers in quotes
 * become numbers, truths 1 and 0, and of a text everything becomes its text. A value that cannot be
 * that costs only itself (A5). Owned by the parser's thread.
 */
final class PointValues {
  private final PayloadLimits limits;

  PointValues(PayloadLimits limits) {
    this.limits = limits;
  }

  /** Room for one more, and a series that can be. Where not, what is wrong is in the message. */
  boolean mayTake(String series, @Nullable String fault, ParsedMessage into) throws Refused {
    if (into.size() >= limits.values()) {
      throw new Refused(
          PayloadFault.TOO_MANY_VALUES, "more than " + limits.values() + " values in one message");
    }
    if (fault != null) {
      into.fault(series, PayloadFault.BAD_SERIES_NAME, series + " " + fault);
      return false;
    }
    return true;
  }

  static @Nullable String fault(String series) {
    return SeriesName.fault(series);
  }

  /**
   * @param text how it was written
   */
  void number(Point point, String series, double value, String text, ParsedMessage into) {
    if (point.policy().kind() == Kind.TEXT) {
      text(series, text, into);
    } else {
      double scaled = point.scaled(value);
      if (Double.isFinite(scaled)) {
        into.number(series, scaled);
      } else {
        into.fault(series, PayloadFault.OUT_OF_RANGE, "the number is too large");
      }
    }
    into.policy(point.policy());
  }

  void truth(Point point, String series, boolean value, ParsedMessage into) {
    if (point.policy().kind() == Kind.TEXT) {
      text(series, value ? "true" : "false", into);
    } else {
      into.number(series, value ? 1 : 0);
      into.truth();
    }
    into.policy(point.policy());
  }

  /** A text that is meant as one, unless the point is to be something else. */
  void text(Point point, String series, String value, ParsedMessage into) {
    Kind kind = point.policy().kind();
    if (kind == null || kind == Kind.TEXT) {
      text(series, value, into);
      into.policy(point.policy());
    } else {
      word(point, series, value.strip(), into);
    }
  }

  /** A text that nothing marks as one: a number or a truth, if it looks like either. */
  void word(Point point, String series, String word, ParsedMessage into) {
    Kind kind = point.policy().kind();
    double number = kind == Kind.TEXT ? Double.NaN : NumberText.of(word);
    Boolean truth = kind == Kind.TEXT ? null : truth(word);
    if (!Double.isNaN(number)) {
      number(point, series, number, word, into);
    } else if (truth != null) {
      truth(point, series, truth, into);
    } else if (kind == null && notFinite(word)) {
      into.fault(series, PayloadFault.NOT_A_NUMBER, "not a finite number");
    } else if (kind == null || kind == Kind.TEXT) {
      text(series, word, into);
      into.policy(point.policy());
    } else {
      into.fault(series, PayloadFault.NOT_A_NUMBER, "a text where a number is meant");
    }
  }

  static boolean notFinite(String word) {
    return word.equalsIgnoreCase("nan") || word.matches("(?i)[+-]?inf(inity)?");
  }

  private void text(String series, String value, ParsedMessage into) {
    if (value.length() > limits.textChars()) {
      into.fault(
          series,
          PayloadFault.TOO_LARGE,
          "a text of %d characters; it may have %d".formatted(value.length(), limits.textChars()));
    } else {
      into.text(series, value);
    }
  }

  private static @Nullable Boolean truth(String word) {
    if (word.equalsIgnoreCase("true") || word.equalsIgnoreCase("on")) {
      return true;
    }
    boolean isFalse = word.equalsIgnoreCase("false") || word.equalsIgnoreCase("off");
    return isFalse ? false : null;
  }
}
