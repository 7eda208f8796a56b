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

  /** The bytes every checksum of the segment begins with. */
  byte[] seed() {
    byte[] seed = new byte[16];
    LONG.set(seed, 0, id);
    LONG.set(seed, 8, salt);
    return seed;
  }

  CRC32C begin() {
    CRC32C crc = new CRC32C();
    crc.update(seed());
    return crc;
  }
}
