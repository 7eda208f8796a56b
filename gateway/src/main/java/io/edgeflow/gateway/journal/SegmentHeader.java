package io.edgeflow.gateway.journal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The beginning of a segment's file, written twice, a disk block apart, so that one bad block does
 * not take a whole segment with it.
 *
 * @param firstNumber of the first record. Everything below it was synced in earlier segments when
 *     this one was created, so what an earlier one holds from that number on is void (J3)
 * @param syncedBytes up to which offset the file was synced when it got its name
 * @param syncedNumber the last number before that offset
 * @param continuation whether it was begun because a sync failed or the process was started, and
 *     not by a roll
 * @param checkpoint whether its first record is a checkpoint
 */
record SegmentHeader(
    SegmentKey key,
    String edge,
    long firstNumber,
    long syncedBytes,
    long syncedNumber,
    boolean continuation,
    boolean checkpoint) {
  static final int MAX_EDGE_BYTES = 255;
  static final int COPY_BYTES = 512;
  static final int SECOND_COPY_AT = 4096;

  /** Both copies; the first record lies behind them. */
  static final int BYTES = SECOND_COPY_AT + COPY_BYTES;

  private static final long MAGIC = 0x4544_4745_4A4C_4F47L; // EDGEJLOG
  private static final int VERSION = 1;
  private static final int CRC_AT = COPY_BYTES - Integer.BYTES;

  byte[] encode() {
    ByteBuffer copy = ByteBuffer.allocate(BYTES);
    copy.putLong(MAGIC).putInt(VERSION).putInt((continuation ? 1 : 0) | (checkpoint ? 2 : 0));
    copy.putLong(key.id())
        .putLong(key.salt())
        .putLong(firstNumber)
        .putLong(syncedBytes)
        .putLong(syncedNumber);
    byte[] name = edge.getBytes(StandardCharsets.UTF_8);
    copy.putShort((short) name.length).put(name);
    byte[] bytes = copy.array();
    copy.putInt(CRC_AT, checksum(bytes, 0));
    System.arraycopy(bytes, 0, bytes, SECOND_COPY_AT, COPY_BYTES);
    return bytes;
  }

  /**
   * One copy; empty if it is not intact, of an unknown version, or that of another segment's file.
   */
  static Optional<SegmentHeader> decode(byte[] bytes, int at, long id) {
    if (bytes.length < at + COPY_BYTES) {
      return Optional.empty();
    }
    ByteBuffer copy = ByteBuffer.wrap(bytes, at, COPY_BYTES).slice();
    if (copy.getLong() != MAGIC
        || copy.getInt() != VERSION
        || copy.getInt(CRC_AT) != checksum(bytes, at)) {
      return Optional.empty();
    }
    int flags = copy.getInt();
    SegmentKey key = new SegmentKey(copy.getLong(), copy.getLong());
    long firstNumber = copy.getLong();
    long syncedBytes = copy.getLong();
    long syncedNumber = copy.getLong();
    byte[] name = new byte[copy.getShort()];
    copy.get(name);
    return key.id() == id
        ? Optional.of(
            new SegmentHeader(
                key,
                new String(name, StandardCharsets.UTF_8),
                firstNumber,
                syncedBytes,
                syncedNumber,
                (flags & 1) != 0,
                (flags & 2) != 0))
        : Optional.empty();
  }

  private static int checksum(byte[] bytes, int at) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, at, CRC_AT);
    return (int) crc.getValue();
  }
}
