package io.edgeflow.gateway.alarms;

import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.process.settings.Glob;
import io.edgeflow.wire.frame.EventRow;
import java.util.ArrayList;
import java.util.List;

/** An engine whose clocks a test moves; its present and its monotonic time go together. */
final class Panel {
  static final long START = 1_763_672_400_000_000L;
  static final long SECOND = 1_000_000;
  static final long MINUTE = 60 * SECOND;

  private final List<AlarmRule> rules;
  final AlarmBook book;
  final List<EventRow> told = new ArrayList<>();
  final List<AlarmChange> changes = new ArrayList<>();
  final AlarmEngine engine;
  private final AlarmReading cursor = new AlarmReading();
  long now = START;

  Panel(List<AlarmRule> rules) {
    this(rules, new AlarmBook());
  }

  private Panel(List<AlarmRule> rules, AlarmBook book) {
    this.rules = rules;
    this.book = book;
    this.engine =
        new AlarmEngine(
            rules,
            book,
            change -> {
              changes.add(change);
              EventRow event = book.apply(change);
              if (event != null) {
                told.add(event);
              }
            });
  }

  static Panel of(AlarmCondition condition) {
    Panel panel = new Panel(List.of(rule("flow", condition, 0, 0)));
    panel.define("pump/flow");
    return panel;
  }

  static AlarmRule rule(String name, AlarmCondition condition, long onDelay, long offDelay) {
    return new AlarmRule(
        name, new Glob("pump*/flow"), condition, onDelay, offDelay, AlarmPriority.HIGH, "");
  }

  static AlarmCondition high(double limit, double deadband) {
    return new AlarmCondition.Limit(AlarmCondition.Level.H, limit, deadband);
  }

  /** As the engine of a process begins, before any series is known. */
  void begins() {
    engine.expect(now, nanos());
  }

  void define(String... series) {
    for (int id = 0; id < series.length; id++) {
      engine.define(id, series[id], now, nanos());
    }
    engine.retire(now);
  }

  /** The next process, that has the book and nothing else; the monotonic clock is another one. */
  Panel restarted(List<AlarmRule> today, long later) {
    AlarmBook remembered = new AlarmBook();
    book.all().forEach(remembered::put);
    book.late().forEach(remembered::putLate);
    Panel next = new Panel(today, remembered);
    next.now = now + later;
    return next;
  }

  Panel restarted() {
    return restarted(rules, SECOND);
  }

  private long nanos() {
    return now * 1000;
  }

  /** A reading of now. */
  void reads(double value) {
    reads(0, value, now, Quality.GOOD);
  }

  void reads(int series, double value, long timeMicros, Quality quality) {
    fill(series, timeMicros, quality).number = value;
    cursor.text = null;
    engine.begin();
    engine.reading(cursor, now, nanos());
  }

  void reads(String text) {
    fill(0, now, Quality.GOOD).text = text;
    cursor.number = Double.NaN;
    engine.begin();
    engine.reading(cursor, now, nanos());
  }

  void seeds(double value, long timeMicros) {
    fill(0, timeMicros, Quality.GOOD).number = value;
    cursor.text = null;
    engine.seed(cursor, now, nanos());
  }

  private AlarmReading fill(int series, long timeMicros, Quality quality) {
    cursor.series = series;
    cursor.timeMicros = timeMicros;
    cursor.quality = quality;
    return cursor;
  }

  void passes(long micros) {
    now += micros;
    engine.tick(now, nanos());
  }

  AlarmOutcome acknowledges() {
    return engine.acknowledge(id(), "ada", "seen", now);
  }

  AlarmOutcome shelves(long micros) {
    return engine.shelve(id(), "ada", "maintenance", micros, now, nanos());
  }

  AlarmOutcome unshelves() {
    return engine.unshelve(id(), "ada", "done", now);
  }

  String id() {
    return engine.list(true).getFirst().id();
  }

  String state() {
    return engine.list(true).getFirst().state();
  }

  /** The words of the events since the last ask. */
  List<String> words() {
    List<String> words = told.stream().map(EventRow::type).toList();
    told.clear();
    return words;
  }
}
