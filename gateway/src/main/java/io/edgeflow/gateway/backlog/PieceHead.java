package io.edgeflow.gateway.backlog;

import io.edgeflow.wire.frame.FrameCodec;
import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.frame.Incarnation;
import io.edgeflow.wire.frame.Lane;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * What stands before every piece of a frame, so that the bytes of a damaged file tell without MapDB
 * which frames are in it. MapDB would link longer values in chunks; a piece lies in one stretch.
 *
 * <pre>
 *  0  8  magic
 *  8  8  id of the file: pieces of a former file on the same blocks never parse
 * 16  1  lane
 * 17 16  incarnation
 * 33  8  number
 * 41  2  index of the piece, from 0
 * 43  4  bytes of the frame; they tell the count of pieces and the length of each
 * 47  4  CRC-32C of the piece
 * 51  4  CRC-32C of everything before
 * </pre>
 */
record PieceHead(long file, FrameId id, int index, int frameBytes, int checksum) {
  static final long MAGIC = 0xEF_42_4C_50_49_45_43_01L;
  static final int BYTES = 55;

  /** With its head and what MapDB adds, a piece stays below the 64 KiB of a record. */
  static final int MOST_BYTES = 48 * 1024;

  static final int MOST_PIECES = (FrameCodec.MAX_FRAME_BYTES + MOST_BYTES - 1) / MOST_BYTES;

  private static final int CHECKSUM_AT = BYTES - Integer.BYTES;

  static int count(int frameBytes) {
    return (frameBytes + MOST_BYTES - 1) / MOST_BYTES;
  }

  int count() {
    return count(frameBytes);
  }

  /** Where in the frame the piece begins. */
  int from() {
    return index * MOST_BYTES;
  }

  int bytes() {
    return Math.min(MOST_BYTES, frameBytes - from());
  }

  /** A head and its piece, as MapDB gets them. */
  static byte[] piece(long file, FrameId id, int index, byte[] frame) {
    int from = index * MOST_BYTES;
    int length = Math.min(MOST_BYTES, frame.length - from);
    ByteBuffer out = ByteBuffer.allocate(BYTES + length);
    out.putLong(MAGIC).putLong(file).put((byte) id.lane().code());
    out.putLong(id.incarnation().hi()).putLong(id.incarnation().lo()).putLong(id.number());
    out.putShort((short) index).putInt(frame.length);
    out.putInt(Bytes.checksum(frame, from, from + length));
    out.putInt(Bytes.checksum(out.array(), 0, CHECKSUM_AT));
    out.put(frame, from, length);
    return out.array();
  }

  /** The head that begins here; empty if none does. */
  static Optional<PieceHead> parse(byte[] bytes, int at) {
    if (at < 0 || bytes.length - at < BYTES) {
      return Optional.empty();
    }
    ByteBuffer in = ByteBuffer.wrap(bytes, at, BYTES).slice();
    if (in.getLong() != MAGIC
        || in.getInt(CHECKSUM_AT) != Bytes.checksum(bytes, at, at + CHECKSUM_AT)) {
      return Optional.empty();
    }
    final long file = in.getLong();
    Optional<Lane> lane = Lane.ofCode(in.get());
    Incarnation incarnation = new Incarnation(in.getLong(), in.getLong());
    final long number = in.getLong();
    final int index = Short.toUnsignedInt(in.getShort());
    final int frameBytes = in.getInt();
    final int checksum = in.getInt();
    boolean plausible =
        number >= 1
            && frameBytes >= 1
            && frameBytes <= FrameCodec.MAX_FRAME_BYTES
            && index < count(frameBytes);
    return lane.filter(l -> plausible)
        .map(l -> new FrameId(incarnation, l, number))
        .map(id -> new PieceHead(file, id, index, frameBytes, checksum));
  }

  boolean proves(byte[] bytes, int at) {
    return bytes.length - at >= bytes() && Bytes.checksum(bytes, at, at + bytes()) == checksum;
  }
}
