package io.edgeflow.wire.frame;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The bytes around the content, in network order.
 *
 * <pre>
 *  0  4  magic
 *  4  1  version
 *  5  1  lane
 *  6  4  length of the whole frame
 * 10  4  length of the content once unpacked
 * 14  4  identity
 * 18 16  incarnation
 * 34  8  number
 * 42  8  created, microseconds since the epoch
 * 50  8  readings
 * 58  8  running total
 * 66  1  length of the edge's name, then the name
 *     …  content, compressed by zstd
 *     4  CRC-32C of everything before
 * </pre>
 */
final class FrameLayout {
  /** Not a letter first, so that no text is taken for a frame. */
  static final int MAGIC = 0xEF464C57;

  static final int VERSION = 1;
  static final int CHECKSUM_BYTES = 4;

  private static final int VERSION_AT = 4;
  private static final int LENGTH_AT = 6;
  private static final int FIXED_BYTES = 67;

  private FrameLayout() {}

  static int headerBytes(String edge) {
    return FIXED_BYTES + edge.length();
  }

  static byte[] write(Frame frame, int identity, int contentBytes, byte[] packed) {
    byte[] edge = frame.edge().getBytes(StandardCharsets.US_ASCII);
    int length = FIXED_BYTES + edge.length + packed.length + CHECKSUM_BYTES;
    ByteBuffer buffer = ByteBuffer.allocate(length);
    buffer.putInt(MAGIC).put((byte) VERSION).put((byte) frame.id().lane().code());
    buffer.putInt(length).putInt(contentBytes).putInt(identity);
    buffer.putLong(frame.id().incarnation().hi()).putLong(frame.id().incarnation().lo());
    buffer.putLong(frame.id().number()).putLong(frame.createdMicros());
    buffer.putLong(frame.readings()).putLong(frame.runningTotal());
    buffer.put((byte) edge.length).put(edge).put(packed);
    buffer.putInt(checksum(buffer.array(), 0, buffer.position()));
    return buffer.array();
  }

  /** Why these bytes are no intact frame of this version; empty if they are. */
  static Optional<Decoded.Refused> fault(byte[] bytes, int offset, int length) {
    Optional<Decoded.Refused> beginning = beginningFault(bytes, offset, length);
    if (beginning.isPresent()) {
      return beginning;
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length).slice();
    if (length <= LENGTH_AT + Integer.BYTES || buffer.getInt(LENGTH_AT) > length) {
      return refused(Refusal.TRUNCATED, "the frame is longer than these bytes");
    }
    if (length < FIXED_BYTES + CHECKSUM_BYTES || buffer.getInt(LENGTH_AT) != length) {
      return refused(Refusal.CORRUPT, "the frame is shorter than these bytes");
    }
    int body = length - CHECKSUM_BYTES;
    if (checksum(bytes, offset, body) != buffer.getInt(body)) {
      return refused(Refusal.CORRUPT, "the checksum does not match");
    }
    return Optional.empty();
  }

  private static Optional<Decoded.Refused> beginningFault(byte[] bytes, int offset, int length) {
    ByteBuffer magic = ByteBuffer.allocate(Integer.BYTES).putInt(0, MAGIC);
    for (int i = 0; i < Math.min(length, Integer.BYTES); i++) {
      if (bytes[offset + i] != magic.get(i)) {
        return refused(Refusal.NOT_A_FRAME, "does not begin as a frame does");
      }
    }
    if (length <= VERSION_AT) {
      return refused(
          length == 0 ? Refusal.NOT_A_FRAME : Refusal.TRUNCATED, "ends before its version");
    }
    int version = bytes[offset + VERSION_AT] & 0xFF;
    if (version == 0) {
      return refused(Refusal.NOT_A_FRAME, "no frame has version 0");
    }
    if (version > VERSION) {
      return refused(Refusal.FUTURE_VERSION, "version " + version + ", known is " + VERSION);
    }
    return length > FrameCodec.MAX_FRAME_BYTES
        ? refused(Refusal.TOO_LARGE, length + " bytes")
        : Optional.empty();
  }

  /**
   * Reads the fields of a header that {@link #fault} found intact.
   *
   * @throws IllegalArgumentException if a field breaks its own rule
   */
  static FrameHeader header(byte[] bytes, int offset, int length) throws ContentFault {
    ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
    buffer.getInt();
    final int version = buffer.get();
    Lane lane = Lane.ofCode(buffer.get()).orElseThrow(() -> new ContentFault("an unknown lane"));
    final int frameBytes = buffer.getInt();
    final int contentBytes = buffer.getInt();
    final int identity = buffer.getInt();
    Incarnation incarnation = new Incarnation(buffer.getLong(), buffer.getLong());
    FrameId id = new FrameId(incarnation, lane, buffer.getLong());
    final long created = buffer.getLong();
    final long readings = buffer.getLong();
    final long total = buffer.getLong();
    byte[] edge = new byte[buffer.get() & 0xFF];
    if (edge.length > buffer.remaining() - CHECKSUM_BYTES) {
      throw new ContentFault("the name of the edge is longer than the frame");
    }
    buffer.get(edge);
    String name = new String(edge, StandardCharsets.ISO_8859_1);
    if (!EdgeName.isValid(name)) {
      throw new ContentFault("the name of the edge is not valid");
    }
    return new FrameHeader(
        version, name, id, created, readings, total, identity, contentBytes, frameBytes);
  }

  private static Optional<Decoded.Refused> refused(Refusal reason, String detail) {
    return Optional.of(new Decoded.Refused(reason, detail));
  }

  private static int checksum(byte[] bytes, int offset, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, offset, length);
    return (int) crc.getValue();
  }
}
