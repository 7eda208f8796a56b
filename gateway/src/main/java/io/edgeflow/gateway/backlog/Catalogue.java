package io.edgeflow.gateway.backlog;

import io.edgeflow.wire.frame.EdgeName;
import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.frame.Incarnation;
import io.edgeflow.wire.frame.Lane;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a file says about itself: whose it is, and every frame in it. It stands at both ends of the
 * file, so that neither a cut nor a flipped byte hides which frames are missing.
 *
 * <pre>
 *  0  8  magic
 *  8  4  length, checksum included
 * 12  8  id of the file
 * 20  1  lane
 * 21  4  how many frames
 * 25  1  length of the edge's name, then the name
 *     …  52 for each frame: incarnation, number, created, bytes, readings, running total
 *     4  CRC-32C of everything before
 * </pre>
 */
record Catalogue(String edge, long id, Lane lane, List<SealedFrame> frames) {
  private static final long MAGIC = 0xEF_42_4C_43_41_54_00_01L;
  private static final int LENGTH_AT = 8;
  private static final int FIXED_BYTES = 26;
  private static final int FRAME_BYTES = 52;
  private static final int CHECKSUM_BYTES = 4;
  private static final int BEFORE_LENGTH_ENDS = LENGTH_AT + Integer.BYTES;

  static int bytes(String edge, int frames) {
    return FIXED_BYTES + edge.length() + frames * FRAME_BYTES + CHECKSUM_BYTES;
  }

  /** The most that any catalogue has. */
  static int mostBytes() {
    return bytes("e".repeat(EdgeName.MAX_LENGTH), Backlog.MAX_FRAMES);
  }

  /** How much must be read before {@link #length} can tell how much to read. */
  static int beginning() {
    return BEFORE_LENGTH_ENDS;
  }

  /** The length that a beginning claims; within what a catalogue may have. */
  static int length(byte[] beginning) throws Damaged {
    ByteBuffer in = ByteBuffer.wrap(beginning);
    int length = in.getInt(LENGTH_AT);
    if (in.getLong(0) != MAGIC || length < FIXED_BYTES + CHECKSUM_BYTES || length > mostBytes()) {
      throw new Damaged("no catalogue begins here");
    }
    return length;
  }

  byte[] encode() {
    byte[] name = edge.getBytes(StandardCharsets.US_ASCII);
    ByteBuffer out = ByteBuffer.allocate(bytes(edge, frames.size()));
    out.putLong(MAGIC).putInt(out.capacity()).putLong(id).put((byte) lane.code());
    out.putInt(frames.size()).put((byte) name.length).put(name);
    for (SealedFrame frame : frames) {
      Incarnation incarnation = frame.id().incarnation();
      out.putLong(incarnation.hi()).putLong(incarnation.lo()).putLong(frame.id().number());
      out.putLong(frame.createdMicros()).putInt(frame.bytes());
      out.putLong(frame.readings()).putLong(frame.runningTotal());
    }
    out.putInt(Bytes.checksum(out.array(), 0, out.position()));
    return out.array();
  }

  /**
   * @param bytes of exactly the length that their beginning claims
   */
  static Catalogue decode(byte[] bytes) throws Damaged {
    int body = bytes.length - CHECKSUM_BYTES;
    ByteBuffer in = ByteBuffer.wrap(bytes);
    if (length(Arrays.copyOf(bytes, BEFORE_LENGTH_ENDS)) != bytes.length
        || Bytes.checksum(bytes, 0, body) != in.getInt(body)) {
      throw new Damaged("the checksum of the catalogue does not match");
    }
    in.position(BEFORE_LENGTH_ENDS);
    final long id = in.getLong();
    Lane lane = Lane.ofCode(in.get()).orElseThrow(() -> new Damaged("an unknown lane"));
    final int count = in.getInt();
    byte[] name = new byte[in.get() & 0xFF];
    if (count < 0 || FIXED_BYTES + name.length + (long) count * FRAME_BYTES != body) {
      throw new Damaged("the catalogue has another length than it says");
    }
    in.get(name);
    List<SealedFrame> frames = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      frames.add(frame(in, lane));
    }
    return new Catalogue(new String(name, StandardCharsets.US_ASCII), id, lane, frames);
  }

  private static SealedFrame frame(ByteBuffer in, Lane lane) throws Damaged {
    Incarnation incarnation = new Incarnation(in.getLong(), in.getLong());
    long number = in.getLong();
    if (number < 1) {
      throw new Damaged("no frame has the number " + number);
    }
    return new SealedFrame(
        new FrameId(incarnation, lane, number),
        in.getLong(),
        in.getInt(),
        in.getLong(),
        in.getLong());
  }
}
