package io.edgeflow.gateway.recorder;

import io.edgeflow.gateway.alarms.AlarmChange;
import io.edgeflow.gateway.alarms.AlarmEngine;
import io.edgeflow.gateway.alarms.AlarmListener;
import io.edgeflow.gateway.alarms.AlarmReading;
import io.edgeflow.gateway.alarms.AlarmRecord;
import io.edgeflow.gateway.alarms.AlarmRule;
import io.edgeflow.gateway.journal.Durable;
import io.edgeflow.gateway.rawcapture.Around;
import io.edgeflow.gateway.rawcapture.Span;
import io.edgeflow.wire.frame.EventRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Feeds the alarm engine with what is recorded, and brings what it decides into the journal: with
 * the message that caused it, or as a record of its own. A replay does not come here (J1). Owned by
 * the owner thread.
 */
final class AlarmKeeper {
  /** So that no record is large, whatever there is to end at a start. */
  private static final int MOST_IN_RECORD = 512;

  private final EdgeState state;
  private final Scribe scribe;
  private final Timekeeper time;
  private final AlarmEngine engine;
  private final AlarmCaptures captures;
  private final Map<String, Span> spans = new HashMap<>();
  private final AlarmReading cursor = new AlarmReading();
  private final List<AlarmChange> changes = new ArrayList<>();
  private @Nullable AlarmListener listener;

  AlarmKeeper(
      EdgeState state,
      Scribe scribe,
      Timekeeper time,
      AlarmCaptures captures,
      List<AlarmRule> rules) {
    this.state = state;
    this.scribe = scribe;
    this.time = time;
    this.captures = captures;
    rules.forEach(rule -> spans.put(rule.name(), rule.capture()));
    this.engine = new AlarmEngine(rules, state.alarms, this::changed);
  }

  AlarmEngine engine() {
    return engine;
  }

  private void changed(AlarmChange change) {
    state.change(change);
    changes.add(change);
    if (change instanceof AlarmChange.Turned turned && turned.isRaised()) {
      captureAround(turned.alarm());
    }
    AlarmListener listening = listener;
    if (listening != null && change instanceof AlarmChange.Turned(AlarmRecord alarm, EventRow _)) {
      listening.turned(alarm);
    }
  }

  /** In the same record as the alarm: a kill takes both or neither. */
  private void captureAround(AlarmRecord alarm) {
    Around around = captures.raised(alarm, spans.getOrDefault(alarm.rule(), Span.NONE));
    if (around != null) {
      AlarmChange wanted = new AlarmChange.Captured(around);
      state.change(wanted);
      changes.add(wanted);
    }
  }

  void listen(AlarmListener next) {
    listener = next;
    next.begins(engine.list(false));
  }

  /** After a recovery: goes on with the series, the alarms and the latest readings of before. */
  void open() {
    engine.expect(time.presentMicros(), time.nanos());
    for (SeriesRegistry.Series series : state.series.all()) {
      define(series);
    }
    engine.retire(time.presentMicros());
    for (SeriesRegistry.Series series : state.series.all()) {
      if (state.latest.has(series.id())) {
        seed(series.id());
      }
    }
    write(null);
  }

  private void seed(int series) {
    cursor.series = series;
    cursor.timeMicros = state.latest.timeMicros(series);
    cursor.number = state.latest.number(series);
    cursor.text = state.latest.text(series);
    cursor.quality = state.latest.quality(series);
    engine.seed(cursor, time.presentMicros(), time.nanos());
  }

  void define(SeriesRegistry.Series series) {
    if (engine.hasRules()) {
      engine.define(series.id(), series.name(), time.presentMicros(), time.nanos());
    }
  }

  /** A message begins; what its readings change goes into its record. */
  void begin() {
    engine.begin();
  }

  /** An accepted reading that is no duplicate. */
  void reading(DecidedReading reading) {
    if (!engine.hasRules()) {
      return;
    }
    cursor.series = reading.series;
    cursor.timeMicros = reading.eventMicros;
    cursor.number = reading.number;
    cursor.text = reading.text;
    cursor.quality = reading.quality;
    engine.reading(cursor, time.presentMicros(), time.nanos());
  }

  /** What changed and is in no record yet; the list is emptied by {@link #written}. */
  List<AlarmChange> changes() {
    return changes;
  }

  void written() {
    changes.clear();
  }

  void tick() {
    if (engine.hasRules() || !state.alarms.late().isEmpty()) {
      engine.tick(time.presentMicros(), time.nanos());
      write(null);
    }
  }

  boolean idle() {
    return !engine.hasRules() || engine.idle();
  }

  /**
   * Journals what changed.
   *
   * @param waiter hears when it is synced; never if nothing changed
   * @return whether anything did
   */
  boolean write(@Nullable Durable waiter) {
    if (changes.isEmpty()) {
      return false;
    }
    for (int from = 0; from < changes.size(); from += MOST_IN_RECORD) {
      int to = Math.min(from + MOST_IN_RECORD, changes.size());
      scribe.alarms(changes.subList(from, to), to == changes.size() ? waiter : null);
    }
    changes.clear();
    return true;
  }
}
