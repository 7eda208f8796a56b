package io.edgeflow.cloud.query;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What points may tell of their readings, in the order in which they do. */
enum Column {
  COUNT("count"),
  MIN("min"),
  MAX("max"),
  MEAN("mean"),
  FIRST("first"),
  LAST("last"),
  SUM("sum"),
  /** Of the population; only where windows are kept, because hours and days do not have it. */
  STDDEV("stddev"),
  /** Of a counter, since its last reading before. */
  INCREASE("increase"),
  /** Of a counter, per second. */
  RATE("rate"),
  /** Of a state or text: seconds by value. */
  TIME_IN("timeIn"),
  /** Of a state or text: the share of its time by value. */
  PERCENT("percent");

  /** What points have if nobody asks for others. */
  static final Set<Column> STANDARD = EnumSet.of(COUNT, MIN, MAX, MEAN, FIRST, LAST);

  private final String word;

  Column(String word) {
    this.word = word;
  }

  String word() {
    return word;
  }

  /** Those that {@code agg} names; 400 where it names another one. */
  static Set<Column> chosen(Parameters parameters) {
    List<String> words = parameters.texts("agg");
    if (words.isEmpty()) {
      return STANDARD;
    }
    Set<Column> chosen = EnumSet.noneOf(Column.class);
    for (String word : words) {
      chosen.add(
          Arrays.stream(values())
              .filter(column -> column.word.equals(word))
              .findFirst()
              .orElseThrow(() -> Parameters.wrong("agg", word, "must be of " + all())));
    }
    return chosen;
  }

  private static String all() {
    return Arrays.stream(values()).map(Column::word).collect(Collectors.joining(", "));
  }

  /** Whether states and texts are shown by how long they lasted. */
  static boolean wantTimes(Set<Column> columns) {
    return columns.contains(TIME_IN) || columns.contains(PERCENT);
  }

  static boolean wantOrder(Set<Column> columns) {
    return columns.contains(FIRST) || columns.contains(LAST) || wantIncrease(columns);
  }

  static boolean wantIncrease(Set<Column> columns) {
    return columns.contains(INCREASE) || columns.contains(RATE);
  }
}
