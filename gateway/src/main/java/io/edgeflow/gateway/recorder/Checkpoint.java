package io.edgeflow.gateway.recorder;

import io.edgeflow.aggregator.counter.Counters;
import io.edgeflow.aggregator.identity.RecentStamps;
import io.edgeflow.aggregator.snapshot.Pieces;
import io.edgeflow.aggregator.window.Changes;
import io.edgeflow.aggregator.window.WindowRule;
import io.edgeflow.aggregator.window.Windower;
import io.edgeflow.gateway.outbox.FrameLedger;
import java.io.ByteArrayInputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;

/**
 * The whole {@link EdgeState} as bytes: what recovery needs and older segments would be the only
 * place of (J1).
 */
final class Checkpoint {
  private static final int VERSION = 6;

  /** And without the times since when values are stale. */
  private static final int WITHOUT_COUNTERS = 5;

  private static final int WITHOUT_CAPTURES = 4;

  private static final int WITHOUT_ALARMS = 3;

  /** Without ages. */
  private static final int OLDEST_VERSION = 2;

  private Checkpoint() {}

  static Pieces of(EdgeState state) {
    Pieces bytes = new Pieces();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      write(out, bytes, state);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes;
  }

  /** The large parts go straight to where the output goes, which buffers nothing in between. */
  private static void write(DataOutput out, Pieces bytes, EdgeState state) throws IOException {
    out.writeByte(VERSION);
    out.writeLong(state.rule.lengthMicros());
    out.writeLong(state.rule.graceMicros());
    out.writeLong(state.lastArrivedMicros);
    out.writeLong(state.vouchedMicros);
    state.series.write(out);
    state.counts.write(out);
    state.latest.write(out);
    RecordWriter events = new RecordWriter();
    state.events.write(events);
    block(out, events.copy());
    state.frames.write(out);
    block(bytes, state.windows::snapshot);
    block(bytes, state.changes::snapshot);
    block(bytes, state.stamps::snapshot);
    state.reports.write(out);
    RecordWriter load = new RecordWriter();
    state.load.write(load);
    block(out, load.copy());
    out.writeLong(state.distrustedMicros);
    RecordWriter ages = new RecordWriter();
    state.ages.write(ages);
    block(out, ages.copy());
    RecordWriter alarms = new RecordWriter();
    AlarmRecords.write(alarms, state.alarms);
    block(out, alarms.copy());
    RecordWriter captures = new RecordWriter();
    CaptureRecords.write(captures, state.captures);
    block(out, captures.copy());
    block(bytes, state.counters::snapshot);
  }

  /** Reads what {@link #of} made; {@link IllegalStateException} if a newer version made it. */
  static EdgeState read(byte[] checkpoint) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(checkpoint))) {
      return read(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static EdgeState read(DataInput in) throws IOException {
    int version = in.readByte();
    if (version < OLDEST_VERSION || version > VERSION) {
      throw new IllegalStateException(
          "the journal's checkpoint has version " + version + ", this program reads " + VERSION);
    }
    EdgeState state = new EdgeState(new WindowRule(in.readLong(), in.readLong()));
    state.lastArrivedMicros = in.readLong();
    state.vouchedMicros = in.readLong();
    state.series.read(in);
    state.counts.read(in);
    state.latest.read(in, version > WITHOUT_COUNTERS);
    state.events.read(new RecordReader(block(in)));
    state.frames = FrameLedger.read(in);
    state.windows = Windower.restore(state.rule, block(in));
    state.changes = Changes.restore(block(in));
    state.stamps =
        RecentStamps.restore(
            RecentStamps.DEFAULT_PER_SERIES, RecentStamps.DEFAULT_GLOBAL_CAP, block(in));
    state.reports.read(in);
    state.load.read(new RecordReader(block(in)));
    state.distrustedMicros = in.readLong();
    if (version > OLDEST_VERSION) {
      state.ages.read(new RecordReader(block(in)));
    }
    if (version > WITHOUT_ALARMS) {
      AlarmRecords.read(new RecordReader(block(in)), state.alarms);
    }
    if (version > WITHOUT_CAPTURES) {
      CaptureRecords.read(new RecordReader(block(in)), state.captures);
    }
    if (version > WITHOUT_COUNTERS) {
      state.counters = Counters.restore(block(in));
    }
    return state;
  }

  private static void block(Pieces out, Consumer<Pieces> snapshot) {
    long lengthAt = out.leaveInt();
    long before = out.size();
    snapshot.accept(out);
    out.putInt(lengthAt, Math.toIntExact(out.size() - before));
  }

  private static void block(DataOutput out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static byte[] block(DataInput in) throws IOException {
    byte[] bytes = new byte[in.readInt()];
    in.readFully(bytes);
    return bytes;
  }
}
