package io.edgeflow.gateway.recorder;

import io.edgeflow.aggregator.identity.Verdict;
import io.edgeflow.aggregator.reading.Kind;
import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.aggregator.reading.Values;
import io.edgeflow.gateway.capture.Dialect;
import io.edgeflow.gateway.capture.Heard;
import io.edgeflow.gateway.capture.PolledValue;
import io.edgeflow.gateway.capture.RejectReason;
import io.edgeflow.gateway.capture.SpokenValue;
import io.edgeflow.gateway.capture.Submission;
import io.edgeflow.wire.frame.EventRow;
import io.edgeflow.wire.frame.EventSeverity;
import io.edgeflow.wire.payload.ParsedMessage;
import io.edgeflow.wire.payload.PayloadFault;
import io.edgeflow.wire.payload.PayloadParser;
import io.edgeflow.wire.payload.PointPolicy;
import java.util.Collection;
import java.util.SortedMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides one message: which of its readings are accepted, with which time, quality and verdict
 * (A5, I1, T2). Each accepted reading is applied to the state at once, so that the next one of the
 * same message is judged against it, and goes into a MESSAGE record that the caller must append
 * before it does anything else. Owned by the owner thread.
 */
final class Decider {
  private static final Logger log = LoggerFactory.getLogger(Decider.class);

  private final EdgeState state;
  private final PayloadParser parser;
  private final Timekeeper time;
  private final SeriesPolicy policy;
  private final RejectLog rejects;
  private final Definer definer;
  private final Consumer<EventRow> events;
  private final AlarmKeeper alarms;
  private final CounterKeeper counters;
  private final SilenceWatch silence;
  private final WorkingRoom working;
  private final Reporter reporter;
  private final RecordWriter record = new RecordWriter();
  private final DecidedReading reading = new DecidedReading();
  private int accepted;
  private String topic = "";
  private byte[] payload = {};
  private long arrivedNanos;
  private boolean keepFirst;
  private boolean retained;
  private Dialect dialect = Dialect.NONE;
  private final Heard heard = new Hearing();

  /** Journals a series before the first reading that names it. */
  interface Definer {
    void define(SeriesRegistry.Series series);
  }

  Decider(
      EdgeState state,
      PayloadParser parser,
      Timekeeper time,
      SeriesPolicy policy,
      RejectLog rejects,
      Definer definer,
      Consumer<EventRow> events,
      AlarmKeeper alarms,
      CounterKeeper counters,
      SilenceWatch silence,
      Reporter reporter,
      WorkingRoom working) {
    this.state = state;
    this.parser = parser;
    this.time = time;
    this.policy = policy;
    this.rejects = rejects;
    this.definer = definer;
    this.events = events;
    this.alarms = alarms;
    this.counters = counters;
    this.silence = silence;
    this.working = working;
    this.reporter = reporter;
  }

  void understand(Dialect next) {
    dialect = next;
  }

  boolean idle() {
    return dialect.idle();
  }

  void tick() {
    dialect.tick(heard);
  }

  /** Accepted readings of the last message. */
  int accepted() {
    return accepted;
  }

  /** The MESSAGE record of the last message; meaningless where nothing was accepted. */
  RecordWriter record() {
    return record;
  }

  void decide(Submission submission) {
    accepted = 0;
    MessageRecord.begin(record, time.presentMicros());
    alarms.begin();
    topic = submission.topic();
    payload = submission.payload();
    arrivedNanos = submission.arrivedNanos();
    retained = submission.retained();
    if (submission.isPolled()) {
      submission.polledValues().forEach(this::decide);
    } else {
      decideMessage();
    }
  }

  private void decideMessage() {
    if (dialect.reads(topic)) {
      keepFirst = false;
      dialect.read(topic, payload, heard);
      return;
    }
    ParsedMessage message;
    try {
      message = parser.parse(topic, payload, retained);
    } catch (RuntimeException e) {
      // A fault of ours. The message must not come back at each restart, so it is rejected like any
      // other garbage.
      log.error("the payload parser failed on a message of {} bytes", payload.length, e);
      reject(RejectReason.UNPARSEABLE, "the parser failed: " + e);
      return;
    }
    keepFirst = message.keepFirst();
    switch (message.outcome()) {
      case READINGS -> {
        for (int i = 0; i < message.size(); i++) {
          decide(message, i);
        }
      }
      case REJECTED -> reject(RejectReason.of(message.reason()), message.detail());
      case NOT_OURS -> {}
    }
  }

  private void decide(ParsedMessage message, int index) {
    PayloadFault fault = message.fault(index);
    if (fault != null) {
      reject(RejectReason.of(fault), message.faultDetail(index));
      return;
    }
    boolean text = message.isText(index);
    accept(
        message.series(index),
        message.stamped(index),
        message.stampMicros(index),
        text ? Double.NaN : message.number(index),
        text ? message.text(index) : null,
        message.quality(index),
        message.policy(index),
        message.isTruth(index));
  }

  private void decide(PolledValue value) {
    topic = value.series();
    accept(
        value.series(),
        value.stamped(),
        value.stampMicros(),
        value.value(),
        value.text(),
        value.quality(),
        PointPolicy.NONE,
        false);
  }

  private void accept(
      String name,
      boolean stamped,
      long stampMicros,
      double number,
      @Nullable String text,
      Quality quality,
      PointPolicy said,
      boolean truth) {
    if (text == null && !Values.acceptable(number)) {
      reject(RejectReason.OUT_OF_RANGE, "the value " + number + " of " + name);
      return;
    }
    int series = series(name, text != null, said, truth);
    if (series < 0) {
      return;
    }
    reading.series = series;
    reading.number = text == null ? Values.accepted(number) : Double.NaN;
    reading.text = text == null ? null : Texts.wellFormed(text);
    reading.offset = 0;
    time.stamp(stamped, stampMicros, quality, arrivedNanos, reading);
    reading.verdict =
        reading.stamped()
            ? state.stamps.judge(series, reading.stampMicros, EdgeState.bits(reading))
            : Verdict.FRESH;
    if (reading.verdict == Verdict.CONFLICT && keepFirst) {
      reading.verdict = Verdict.DUPLICATE;
    }
    if (reading.verdict != Verdict.DUPLICATE && !countOn(name)) {
      return;
    }
    reading.reported = reporter.isDue(reading, said.report());
    MessageRecord.add(record, time.presentMicros(), reading);
    state.accept(reading, time.nanos());
    if (reading.verdict != Verdict.DUPLICATE) {
      alarms.reading(reading);
      silence.heard(series);
    }
    accepted++;
  }

  /** False if this is a reading of a counter that cannot be taken, which is then counted. */
  private boolean countOn(String name) {
    if (!counters.counts(reading.series)) {
      return true;
    }
    double shown = reading.number;
    boolean below = shown < 0 && reading.quality.carriesValue();
    if (below || !counters.countOn(reading)) {
      reject(RejectReason.OUT_OF_RANGE, "the value " + shown + " of the counter " + name);
      return false;
    }
    return true;
  }

  /** The number of the series; below 0 if the reading cannot be taken, which is then counted. */
  private int series(String name, boolean text, PointPolicy said, boolean truth) {
    int known = state.series.id(name);
    if (known != SeriesRegistry.UNKNOWN) {
      return fits(state.series.get(known).kind(), text, name) ? known : -1;
    }
    if (state.series.size() >= policy.maxSeries()) {
      refuseSeries("limits.maxSeries is " + policy.maxSeries(), name);
      return -1;
    }
    if (!working.hasRoomForASeries()) {
      int size = state.series.size();
      refuseSeries("buffer.maxBytes cannot keep more than " + size + " series", name);
      return -1;
    }
    SeriesPolicy.Shape shape = policy.shape(name, text, said, truth);
    if (!fits(shape.kind(), text, name)) {
      return -1;
    }
    SeriesRegistry.Series series =
        new SeriesRegistry.Series(state.series.nextId(), name, shape.kind(), shape.unit());
    definer.define(series);
    alarms.define(series);
    silence.define(series);
    return series.id();
  }

  private void refuseSeries(String why, String name) {
    state.counts.refused(RejectReason.SERIES_LIMIT, 1);
    rejects.add(
        RejectReason.SERIES_LIMIT,
        topic,
        payload,
        why + ", so the new series " + name + " is not taken");
  }

  private boolean fits(Kind kind, boolean text, String name) {
    if (text == (kind == Kind.TEXT)) {
      return true;
    }
    String is = text ? "a text" : "a number";
    reject(RejectReason.KIND_MISMATCH, name + " is a " + kind + " and cannot take " + is);
    return false;
  }

  private void reject(RejectReason reason, String detail) {
    state.counts.rejected(reason);
    rejects.add(reason, topic, payload, detail);
  }

  /** A dialect's readings are decided like all others. */
  private final class Hearing implements Heard {
    @Override
    public boolean value(SpokenValue value) {
      int before = accepted;
      boolean text = value.text() != null;
      accept(
          value.series(),
          value.stampMicros() != SpokenValue.ON_ARRIVAL,
          value.stampMicros(),
          value.number(),
          value.text(),
          value.quality(),
          said(value, text),
          value.kind() == Kind.STATE);
      return accepted > before;
    }

    /** Of a new series, where the configuration names no unit. */
    private PointPolicy said(SpokenValue value, boolean text) {
      boolean isNew = state.series.id(value.series()) == SeriesRegistry.UNKNOWN;
      return isNew && policy.shape(value.series(), text).unit().isEmpty()
          ? new PointPolicy(null, value.unit(), null)
          : PointPolicy.NONE;
    }

    @Override
    public void again(String series, long stampMicros, Quality quality) {
      int id = state.series.id(series);
      // A running total is not what the counter shows.
      if (id == SeriesRegistry.UNKNOWN
          || !state.latest.has(id)
          || state.latest.quality(id) == quality
          || counters.counts(id)) {
        return;
      }
      accept(
          series,
          stampMicros != SpokenValue.ON_ARRIVAL,
          stampMicros,
          state.latest.number(id),
          state.latest.text(id),
          quality,
          PointPolicy.NONE,
          false);
    }

    @Override
    public void silent(Collection<String> series) {
      silence.silent(series);
    }

    @Override
    public void reject(RejectReason reason, String detail) {
      Decider.this.reject(reason, detail);
    }

    @Override
    public void event(
        EventSeverity severity, String type, String message, SortedMap<String, String> detail) {
      events.accept(new EventRow(time.presentMicros(), severity, type, "", message, detail));
    }
  }
}
