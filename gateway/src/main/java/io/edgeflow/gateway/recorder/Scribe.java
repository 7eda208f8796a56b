package io.edgeflow.gateway.recorder;

import io.edgeflow.aggregator.window.WindowRule;
import io.edgeflow.gateway.alarms.AlarmChange;
import io.edgeflow.gateway.backlog.SealedFrame;
import io.edgeflow.gateway.capture.Submission;
import io.edgeflow.gateway.journal.Durable;
import io.edgeflow.gateway.journal.Journal;
import io.edgeflow.gateway.outbox.FateCode;
import io.edgeflow.gateway.outbox.FramePlace;
import io.edgeflow.gateway.outbox.SentFrames;
import io.edgeflow.gateway.rawcapture.CaptureChange;
import io.edgeflow.wire.document.Fate;
import io.edgeflow.wire.document.FateRange;
import io.edgeflow.wire.document.RangeSet;
import io.edgeflow.wire.frame.EventRow;
import io.edgeflow.wire.frame.Frame;
import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.frame.Incarnation;
import io.edgeflow.wire.frame.Lane;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes records to the journal and applies them to the state: the live twin of {@link Replayer}.
 * Owned by the owner thread.
 */
final class Scribe {
  /** Far below what a record may hold. */
  private static final int SEALED_AT_ONCE = 8192;

  private final EdgeState state;
  private final Journal journal;
  private final LoadMeter meter;
  private final RecordWriter record = new RecordWriter();

  /** A settled range of numbers. */
  record Settled(Incarnation incarnation, Lane lane, long from, long to, Fate fate) {}

  Scribe(EdgeState state, Journal journal, LoadMeter meter) {
    this.state = state;
    this.journal = journal;
    this.meter = meter;
  }

  /**
   * The readings of one message, already applied by the {@link Decider}; the submission waits for
   * the sync. There is none where the edge itself found something.
   */
  void message(RecordWriter message, @Nullable Submission submission, long arrivedMicros) {
    journal.append(RecordType.MESSAGE.code(), message.array(), 0, message.length(), submission);
    state.lastArrivedMicros = arrivedMicros;
    meter.message(Journal.HEADER_BYTES + message.length());
  }

  /** As {@link #message}, with what its readings changed, already applied. */
  void message(
      RecordWriter message, List<AlarmChange> changes, Submission submission, long arrivedMicros) {
    if (changes.isEmpty()) {
      message(message, submission, arrivedMicros);
      return;
    }
    AlarmedMessage.write(begin(), message, changes);
    append(RecordType.MESSAGE_ALARMS, submission);
    state.lastArrivedMicros = arrivedMicros;
    meter.message(Journal.HEADER_BYTES + record.length());
  }

  /** Changes that are already applied. */
  void alarms(List<AlarmChange> changes, @Nullable Durable waiter) {
    AlarmRecords.write(begin(), changes);
    append(RecordType.ALARMS, waiter);
    journal.wantSync();
  }

  /** Applies the changes, too. */
  void captures(List<CaptureChange> changes, @Nullable Durable waiter) {
    CaptureRecords.write(begin(), changes);
    append(RecordType.CAPTURES, waiter);
    changes.forEach(state::change);
    journal.wantSync();
  }

  void series(SeriesRegistry.Series series) {
    begin().varint(series.id()).text(series.name()).u8(series.kind().code()).text(series.unit());
    append(RecordType.SERIES, null);
    state.define(series);
  }

  void frame(Frame frame, byte[] encoded, Durable waiter) {
    journal.append(RecordType.FRAME.code(), encoded, 0, encoded.length, waiter);
    state.numbered(frame, encoded.length);
    meter.frame(Journal.HEADER_BYTES + encoded.length);
    journal.wantSync();
  }

  /** A frame of readings that somebody asked for. */
  void fetched(Frame frame, byte[] encoded, Durable waiter) {
    journal.append(RecordType.FETCHED.code(), encoded, 0, encoded.length, waiter);
    state.fetched(frame, encoded.length);
    journal.wantSync();
  }

  void event(EventRow event) {
    PendingEvents.write(begin(), event);
    append(RecordType.EVENT, null);
    state.events.add(event);
  }

  /** Verdicts; those that change nothing leave no record. */
  void settle(List<Settled> verdicts) {
    begin();
    for (Settled s : verdicts) {
      if (state.frames.settle(s.incarnation, s.lane, s.from, s.to, s.fate)) {
        fate(s, s.from, s.to);
      }
    }
    if (record.length() > 0) {
      append(RecordType.FATES, null);
    }
  }

  /**
   * Verdicts of the cloud, on what was sent (J4); the record names the very numbers that they
   * changed, so that a replay need not know what was sent.
   *
   * @return lanes of which frames wait on that a verdict named, because they were not sent
   */
  Set<Lane> judge(List<Settled> verdicts, SentFrames sent) {
    Set<Lane> unsent = EnumSet.noneOf(Lane.class);
    begin();
    for (Settled s : verdicts) {
      RangeSet changed = new RangeSet();
      if (state.frames.judge(
          s.incarnation,
          s.lane,
          s.from,
          s.to,
          s.fate,
          number -> sent.contains(s.incarnation, s.lane, number),
          changed)) {
        unsent.add(s.lane);
      }
      changed.ranges().forEach(range -> fate(s, range.from(), range.to()));
    }
    if (record.length() > 0) {
      append(RecordType.FATES, null);
    }
    return unsent;
  }

  private void fate(Settled s, long from, long to) {
    RecordParts.write(record, s.incarnation).u8(s.lane.code());
    record.varint(from).varint(to).u8(FateCode.of(s.fate));
  }

  /** The waiter hears when the block may be sent (J7). */
  void offer(FrameId anyOfBlock, Durable waiter) {
    RecordParts.write(begin(), anyOfBlock);
    append(RecordType.OFFERED, waiter);
    state.frames.offer(anyOfBlock);
    journal.wantSync();
  }

  /** These frames, of one lane and sorted, lie in a file from now on. */
  void sealed(long file, List<SealedFrame> frames) {
    for (int from = 0; from < frames.size(); from += SEALED_AT_ONCE) {
      List<SealedFrame> some = frames.subList(from, Math.min(from + SEALED_AT_ONCE, frames.size()));
      SealedRecord.write(begin(), file, some);
      append(RecordType.SEALED, null);
      FramePlace place = new FramePlace.InFile(file);
      some.forEach(frame -> state.frames.found(SealedRecord.unknown(frame), place));
    }
    journal.wantSync();
  }

  /**
   * A frame moves to the end of the journal; it lies there when the waiter is called, and until
   * then where it lay.
   */
  void carried(byte[] frame, Durable waiter) {
    journal.append(RecordType.CARRIED.code(), frame, 0, frame.length, waiter);
    journal.wantSync();
  }

  /** A frame that the journal lost, with its old number. */
  void derived(byte[] frame, Durable waiter) {
    journal.append(RecordType.CARRIED.code(), frame, 0, frame.length, waiter);
    state.frames.derived(SealedRecord.unknown(frame));
    journal.wantSync();
  }

  void reopen(FrameId id) {
    RecordParts.write(begin(), id);
    append(RecordType.REOPENED, null);
    state.frames.reopen(id);
  }

  /** Committed numbers of this lane are neither here nor in the cloud any more. */
  void gone(Incarnation incarnation, Lane lane, FateRange lacking) {
    RecordParts.write(begin(), new FrameId(incarnation, lane, lacking.from()));
    record.varint(lacking.to()).varint(lacking.readings());
    append(RecordType.GONE, null);
    state.frames.drop(incarnation, lane, lacking);
  }

  void begin(Incarnation incarnation, @Nullable Incarnation parent) {
    RecordParts.write(begin(), incarnation);
    if (parent != null) {
      RecordParts.write(record, parent);
      writeLast(parent);
    }
    append(RecordType.BEGIN, null);
    state.frames.begin(incarnation, parent);
  }

  void seal(Incarnation incarnation, @Nullable Durable waiter) {
    RecordParts.write(begin(), incarnation);
    writeLast(incarnation);
    append(RecordType.SEAL, waiter);
    state.frames.seal(incarnation);
    journal.wantSyncNow();
  }

  /** A start that misses some of its frames must know how many (J2). */
  private void writeLast(Incarnation sealed) {
    if (state.frames.knows(sealed)) {
      record.varint(state.frames.highest(sealed));
    }
  }

  void rule(WindowRule rule) {
    begin().int64(rule.lengthMicros()).int64(rule.graceMicros());
    append(RecordType.WINDOW_RULE, null);
    state.use(rule);
  }

  void vouched(long micros) {
    begin().int64(micros);
    append(RecordType.VOUCHED, null);
    state.vouchedMicros = micros;
  }

  /**
   * @param presentMicros 0 if the clock is believed again
   */
  void distrusted(long presentMicros) {
    begin().int64(presentMicros);
    append(RecordType.DISTRUSTED, null);
    state.distrustedMicros = presentMicros;
    // A process that is killed before this is synced would start with a clock that looks right.
    journal.wantSyncNow();
  }

  void seen(long uptimeMicros, List<Ages.Home> homes) {
    begin().varint(uptimeMicros);
    homes.forEach(home -> Ages.write(record, home));
    append(RecordType.SEEN, null);
    state.ages.seen(uptimeMicros, homes);
  }

  /**
   * These are gone, and their settled frames with them. A record, because what is judged after it
   * depends on it: of what is gone only the sums are known. What held no frame leaves none.
   */
  void forgotten(Collection<? extends Ages.Home> gone) {
    Set<Long> segments = state.frames.segments();
    Set<Long> files = state.frames.files();
    List<Ages.Home> homes = new ArrayList<>();
    for (Ages.Home home : gone) {
      boolean holds =
          switch (home) {
            case Ages.Home.Segment(long id) -> segments.contains(id);
            case Ages.Home.Sealed(long id) -> files.contains(id);
          };
      if (holds) {
        homes.add(home);
      }
    }
    if (!homes.isEmpty()) {
      begin();
      homes.forEach(home -> Ages.write(record, home));
      append(RecordType.FORGOTTEN, null);
      state.forget(homes);
    }
  }

  void load(LoadSample sample) {
    sample.write(begin());
    append(RecordType.LOAD, null);
    state.load.add(sample);
  }

  private RecordWriter begin() {
    record.reset();
    return record;
  }

  private void append(RecordType type, @Nullable Durable waiter) {
    journal.append(type.code(), record.array(), 0, record.length(), waiter);
  }
}
