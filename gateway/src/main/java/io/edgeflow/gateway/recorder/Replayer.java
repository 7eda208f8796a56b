package io.edgeflow.gateway.recorder;

import io.edgeflow.aggregator.reading.Kind;
import io.edgeflow.aggregator.window.WindowRule;
import io.edgeflow.gateway.journal.Damage;
import io.edgeflow.gateway.journal.LogPosition;
import io.edgeflow.gateway.journal.Replay;
import io.edgeflow.gateway.outbox.FateCode;
import io.edgeflow.gateway.outbox.FramePlace;
import io.edgeflow.wire.document.Fate;
import io.edgeflow.wire.document.FateRange;
import io.edgeflow.wire.frame.Decoded;
import io.edgeflow.wire.frame.Frame;
import io.edgeflow.wire.frame.FrameCodec;
import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.frame.Incarnation;
import io.edgeflow.wire.frame.Lane;
import java.util.ArrayList;
import java.util.List;

/**
 * Rebuilds the {@link EdgeState} from the journal. Consults no clock, policy or configuration (J1).
 */
final class Replayer implements Replay {
  private EdgeState state;
  private final List<Damage> damages = new ArrayList<>();
  private long records;
  private long unfit;
  private long tornTail;
  private boolean tornTailPossiblyAcknowledged;

  /**
   * @param first the rule of a directory that has no records yet
   */
  Replayer(WindowRule first) {
    this.state = new EdgeState(first);
  }

  EdgeState state() {
    return state;
  }

  List<Damage> damages() {
    return damages;
  }

  long records() {
    return records;
  }

  /** Records that were whole but did not fit, because others before them were damaged. */
  long unfit() {
    return unfit;
  }

  /** Bytes behind the last intact record that may have held acknowledged readings (J2). */
  long suspectTail() {
    return tornTailPossiblyAcknowledged ? tornTail : 0;
  }

  @Override
  public void checkpoint(byte[] payload) {
    state = Checkpoint.read(payload);
  }

  @Override
  public void damage(Damage damage) {
    damages.add(damage);
    state.damaged = true;
  }

  @Override
  public void tornTail(long bytes, boolean possiblyAcknowledged) {
    tornTail = bytes;
    tornTailPossiblyAcknowledged = possiblyAcknowledged;
  }

  @Override
  public void record(long number, int type, byte[] payload, LogPosition position) {
    records++;
    try {
      apply(RecordType.ofCode(type), payload, position);
    } catch (RuntimeException e) {
      // Without damage this is a broken invariant. With damage the gateway must start all the same
      // (J2).
      if (damages.isEmpty()) {
        throw e;
      }
      unfit++;
    }
  }

  private void apply(RecordType type, byte[] payload, LogPosition position) {
    RecordReader in = new RecordReader(payload);
    switch (type) {
      case WINDOW_RULE -> state.use(new WindowRule(in.int64(), in.int64()));
      case SERIES -> state.define(series(in));
      case MESSAGE -> message(payload);
      case MESSAGE_ALARMS -> {
        message(AlarmedMessage.message(type.code(), payload));
        AlarmedMessage.changes(payload, state::change);
      }
      case ALARMS -> AlarmRecords.read(in, state::change);
      case CAPTURES -> CaptureRecords.read(in, state::change);
      case FRAME -> frame(payload, position, false);
      case FETCHED -> frame(payload, position, true);
      case EVENT -> state.events.add(PendingEvents.readEvent(in));
      case FATES -> fates(in);
      case OFFERED -> state.frames.offer(RecordParts.frameId(in));
      case REOPENED -> state.frames.reopen(RecordParts.frameId(in));
      case GONE -> gone(RecordParts.frameId(in), in);
      case BEGIN -> state.begins(RecordParts.incarnation(in), RecordParts.optional(in), last(in));
      case SEAL -> state.sealed(RecordParts.incarnation(in), last(in));
      case SEALED -> SealedRecord.read(in, state::found);
      case CARRIED ->
          state.found(SealedRecord.unknown(payload), new FramePlace.InSegment(position));
      case VOUCHED -> state.vouchedMicros = in.int64();
      case DISTRUSTED -> state.distrustedMicros = in.int64();
      case SEEN -> seen(in);
      case FORGOTTEN -> state.forget(homes(in));
      case LOAD -> state.load.add(LoadSample.read(in));
    }
  }

  /** Journals of the first versions do not say which frame of an incarnation was the last. */
  private static long last(RecordReader in) {
    return in.more() ? in.varint() : LostFrames.UNKNOWN;
  }

  private void seen(RecordReader in) {
    long uptimeMicros = in.varint();
    state.ages.seen(uptimeMicros, homes(in));
  }

  private static List<Ages.Home> homes(RecordReader in) {
    List<Ages.Home> homes = new ArrayList<>();
    while (in.more()) {
      homes.add(Ages.home(in));
    }
    return homes;
  }

  private static SeriesRegistry.Series series(RecordReader in) {
    int id = Math.toIntExact(in.varint());
    return new SeriesRegistry.Series(id, in.text(), Kind.ofCode(in.u8()), in.text());
  }

  private void message(byte[] payload) {
    state.lastArrivedMicros = MessageRecord.arrivedMicros(payload);
    MessageRecord.read(payload, reading -> state.accept(reading, 0));
  }

  private void frame(byte[] payload, LogPosition position, boolean fetched) {
    switch (FrameCodec.decode(payload)) {
      case Decoded.Accepted(Frame frame, int identity) -> {
        if (fetched) {
          state.fetched(frame, payload.length);
        } else {
          state.numbered(frame, payload.length);
        }
        state.frames.placed(frame.id(), new FramePlace.InSegment(position));
      }
      case Decoded.Refused refused ->
          throw new IllegalStateException("a frame of our own journal is refused: " + refused);
    }
  }

  /** Journals of the first versions name the first number of a range that is gone as a whole. */
  private void gone(FrameId first, RecordReader in) {
    if (in.more()) {
      FateRange lacking = new FateRange(first.number(), in.varint(), Fate.DROPPED, in.varint());
      state.frames.drop(first.incarnation(), first.lane(), lacking);
    } else {
      state.frames.drop(first);
    }
  }

  private void fates(RecordReader in) {
    while (in.more()) {
      Incarnation incarnation = RecordParts.incarnation(in);
      Lane lane = RecordParts.lane(in);
      long from = in.varint();
      long to = in.varint();
      state.frames.settle(incarnation, lane, from, to, FateCode.fate(in.u8()));
    }
  }
}
