package io.edgeflow.cloud.files;

import io.edgeflow.aggregator.reading.Kind;
import io.edgeflow.aggregator.reading.Quality;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Writes lines of CSV. Numbers are exact; times are ISO-8601 in UTC with microseconds. */
public final class CsvText {
  /** All of a window, or of a run of equal states: what is missing of either is empty. */
  public static final List<String> WINDOWS =
      List.of(
          "series",
          "kind",
          "unit",
          "time",
          "length",
          "count",
          "uncertain",
          "stale",
          "bad",
          "min",
          "max",
          "sum",
          "m2",
          "first",
          "first_time",
          "last",
          "last_time",
          "value",
          "quality");

  public static final List<String> READINGS =
      List.of("series", "kind", "unit", "time", "value", "quality");

  private final StringBuilder text = new StringBuilder();
  private boolean begun;

  /** A whole line of words that need no quotes. */
  public CsvText line(List<String> words) {
    words.forEach(this::plain);
    return end();
  }

  public CsvText text(String value) {
    boolean quoted = false;
    for (int i = 0; i < value.length() && !quoted; i++) {
      char c = value.charAt(i);
      quoted = c == ',' || c == '"' || c == '\n' || c == '\r';
    }
    return plain(quoted ? '"' + value.replace("\"", "\"\"") + '"' : value);
  }

  public CsvText word(Kind kind) {
    return plain(kind.name().toLowerCase(Locale.ROOT));
  }

  public CsvText word(Quality quality) {
    return plain(quality.word());
  }

  /** Empty for what is no number. */
  public CsvText value(double value) {
    return Double.isFinite(value) ? plain(Double.toString(value)) : nothing();
  }

  public CsvText number(long value) {
    return plain(Long.toString(value));
  }

  /**
   * @param micros since the epoch
   */
  public CsvText time(long micros) {
    return plain(instant(micros).toString());
  }

  public CsvText nothing() {
    return plain("");
  }

  public CsvText end() {
    text.append('\n');
    begun = false;
    return this;
  }

  private CsvText plain(String value) {
    if (begun) {
      text.append(',');
    }
    begun = true;
    text.append(value);
    return this;
  }

  static Instant instant(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1000);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
