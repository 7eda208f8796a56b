package io.edgeflow.gateway.journal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * What ties a record to its segment (J2): the id, and a random number drawn when the segment was
 * created. The latter tells apart two segments that had the same id because a power cut took the
 * first one's directory entry.
 */
record SegmentKey(long id, long salt) {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /**
   * What every checksum of the segment is combined with. Checksums are linear, so this tells two
   * segments apart exactly as well as checksums that begin with the key, at half the cost for a
   * small record.
   */
  int mask() {
    byte[] key = new byte[16];
    LONG.set(key, 0, id);
    LONG.set(key, 8, salt);
    CRC32C crc = new CRC32C();
    crc.update(key);
    return (int) crc.getValue();
  }
}
