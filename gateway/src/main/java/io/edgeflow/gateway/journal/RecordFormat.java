package io.edgeflow.gateway.journal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * How a record lies in a segment, big-endian:
 *
 * <pre>
 *  0  CRC-32C of everything from offset 4 on, combined with the segment's key
 *  4  a constant byte
 *  5  type: up to {@link #MAX_TYPE} the owner's, above the journal's own
 *  6  length of the payload
 * 10  log number
 * 18  payload
 * </pre>
 *
 * The journal's own records take no number: they carry that of the last record before them.
 */
final class RecordFormat {
  static final int HEADER_BYTES = 18;
  static final int CRC_BYTES = 4;
  static final int MAX_TYPE = 0xEF;

  /** Payload: what the owner needs to start from here. Only at the beginning of a segment. */
  static final int CHECKPOINT = 0xF0;

  /** Ends a batch. Payload: up to which offset the segment was synced when it was written. */
  static final int COMMIT = 0xF1;

  /**
   * As COMMIT, while nothing waited: up to here everything is synced, and nothing behind it was
   * acknowledged.
   */
  static final int IDLE_MARKER = 0xF2;

  /** As IDLE_MARKER, by a clean stop. */
  static final int STOP_MARKER = 0xF3;

  static final int COMMIT_PAYLOAD = 8;
  static final int COMMIT_BYTES = HEADER_BYTES + COMMIT_PAYLOAD;

  private static final byte CONSTANT = (byte) 0xE5;
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private RecordFormat() {}

  /**
   * Everything but the checksum, which needs the segment: that is known only when the record is
   * written.
   */
  static void putHeader(byte[] to, int at, int type, int length, long number) {
    to[at + 4] = CONSTANT;
    to[at + 5] = (byte) type;
    INT.set(to, at + 6, length);
    LONG.set(to, at + 10, number);
  }

  static void putLong(byte[] to, int at, long value) {
    LONG.set(to, at, value);
  }

  static long getLong(byte[] from, int at) {
    return (long) LONG.get(from, at);
  }

  /**
   * Computes and puts the checksum of the record at an offset, whose payload follows its header.
   */
  static void seal(byte[] bytes, int at, int mask, CRC32C crc) {
    crc.reset();
    crc.update(bytes, at + CRC_BYTES, HEADER_BYTES - CRC_BYTES + length(bytes, at));
    INT.set(bytes, at, (int) crc.getValue() ^ mask);
  }

  /** As {@link #seal}, for a payload that lies elsewhere. */
  static void seal(byte[] header, List<byte[]> payload, int mask, CRC32C crc) {
    crc.reset();
    crc.update(header, CRC_BYTES, HEADER_BYTES - CRC_BYTES);
    payload.forEach(piece -> crc.update(piece, 0, piece.length));
    INT.set(header, 0, (int) crc.getValue() ^ mask);
  }

  static int checksum(byte[] bytes, int at) {
    return (int) INT.get(bytes, at);
  }

  static int type(byte[] bytes, int at) {
    return bytes[at + 5] & 0xFF;
  }

  static int length(byte[] bytes, int at) {
    return (int) INT.get(bytes, at + 6);
  }

  static long number(byte[] bytes, int at) {
    return (long) LONG.get(bytes, at + 10);
  }

  /** Whether a header can be one at all; spares most checksums when garbage is searched. */
  static boolean plausible(byte[] bytes, int at, long bytesBehindHeader) {
    int length = length(bytes, at);
    return bytes[at + 4] == CONSTANT
        && type(bytes, at) <= STOP_MARKER
        && length >= 0
        && length <= bytesBehindHeader
        && number(bytes, at) >= 0;
  }

  static boolean isCommit(int type) {
    return type >= COMMIT;
  }

  static boolean isMarker(int type) {
    return type == IDLE_MARKER || type == STOP_MARKER;
  }
}
