package io.edgeflow.gateway.outbox;

import io.edgeflow.gateway.journal.LogPosition;
import io.edgeflow.wire.document.Fate;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Held frames as they lie in a checkpoint, each as its difference to the one before: about 16 bytes
 * a frame, and less for one in a file.
 */
final class HeldFramesCodec {
  private static final int PENDING = 0x07;
  private static final int GRAIN = 0x18;
  private static final int GRAIN_SHIFT = 3;
  private static final int IN_FILE = 0x20;

  private long number;
  private long createdMicros;
  private long home;
  private long offset;

  private HeldFramesCodec() {}

  /** Receives what was read, ascending. */
  interface Reader {
    void frame(long number, Figures figures, @Nullable Fate fate, FramePlace place);
  }

  record Figures(long createdMicros, int bytes, long readings, Grain grain) {}

  /** {@link IllegalStateException} if a frame has no place yet. */
  static void write(DataOutput out, HeldFrames frames) throws IOException {
    out.writeLong(frames.count());
    HeldFramesCodec codec = new HeldFramesCodec();
    for (long next = frames.atOrAbove(0); next >= 0; next = frames.atOrAbove(next + 1)) {
      FrameBlock block = frames.blockOf(next);
      if (block != null) {
        codec.write(out, next, block, FrameBlock.at(next));
      }
    }
  }

  private void write(DataOutput out, long next, FrameBlock block, int at) throws IOException {
    if (!block.isPlaced(at)) {
      throw new IllegalStateException("frame " + next + " has no place in the journal yet");
    }
    Fate fate = block.fate(at);
    int code = fate == null ? PENDING : FateCode.of(fate);
    int grain = block.grain(at).code() << GRAIN_SHIFT;
    out.writeByte(code | grain | (block.isInFile(at) ? IN_FILE : 0));
    Varints.write(out, next - number);
    Varints.writeSigned(out, block.createdMicros(at) - createdMicros);
    Varints.write(out, block.bytes(at));
    Varints.write(out, block.readings(at));
    Varints.writeSigned(out, block.home(at) - home);
    if (block.place(at) instanceof FramePlace.InSegment(LogPosition position)) {
      Varints.writeSigned(out, position.offset() - offset);
      offset = position.offset();
    }
    number = next;
    createdMicros = block.createdMicros(at);
    home = block.home(at);
  }

  static void read(DataInput in, Reader into) throws IOException {
    HeldFramesCodec codec = new HeldFramesCodec();
    for (long left = in.readLong(); left > 0; left--) {
      codec.readOne(in, into);
    }
  }

  private void readOne(DataInput in, Reader into) throws IOException {
    int state = in.readUnsignedByte();
    number += Varints.read(in);
    createdMicros += Varints.readSigned(in);
    int bytes = Math.toIntExact(Varints.read(in));
    long readings = Varints.read(in);
    home += Varints.readSigned(in);
    FramePlace place = (state & IN_FILE) != 0 ? new FramePlace.InFile(home) : segment(in, bytes);
    int fate = state & PENDING;
    Figures figures =
        new Figures(createdMicros, bytes, readings, Grain.ofCode((state & GRAIN) >> GRAIN_SHIFT));
    into.frame(number, figures, fate == PENDING ? null : FateCode.fate(fate), place);
  }

  private FramePlace segment(DataInput in, int bytes) throws IOException {
    offset += Varints.readSigned(in);
    return new FramePlace.InSegment(new LogPosition(home, offset, bytes));
  }
}
