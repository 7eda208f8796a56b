package io.edgeflow.gateway.backlog;

import java.nio.ByteBuffer;

/**
 * The last bytes of a complete file. They say where everything is, and with the page table, whose
 * checksum they hold, they prove every page of MapDB before MapDB sees it.
 *
 * @param frontBytes the catalogue at the front and its slack; then come MapDB's pages
 * @param dataPages pages of what MapDB keeps behind its first MiB
 * @param headPages pages of that first MiB, as far as it is used
 * @param logicalBytes how long MapDB believes its volume to be
 * @param catalogueBytes the catalogue before the trailer
 * @param tableChecksum CRC-32C of the page table, which is before that catalogue
 */
record Trailer(
    long id,
    int frontBytes,
    int dataPages,
    int headPages,
    long logicalBytes,
    int catalogueBytes,
    int tableChecksum) {
  static final int BYTES = 52;

  private static final long MAGIC = 0xEF_42_4C_45_4E_44_00_01L;
  private static final int CHECKSUM_AT = BYTES - Integer.BYTES;

  /** Far more than can be sealed; so that sums of them stay small numbers. */
  private static final int MOST_PAGES = 1 << 24;

  int pages() {
    return dataPages + headPages;
  }

  long tableAt() {
    return frontBytes + (long) pages() * PagedVolume.PAGE_BYTES;
  }

  long catalogueAt() {
    return tableAt() + (long) pages() * Integer.BYTES;
  }

  long fileBytes() {
    return catalogueAt() + catalogueBytes + BYTES;
  }

  byte[] encode() {
    ByteBuffer out = ByteBuffer.allocate(BYTES);
    out.putLong(MAGIC).putLong(id).putInt(frontBytes).putInt(dataPages).putInt(headPages);
    out.putLong(logicalBytes).putInt(catalogueBytes).putInt(tableChecksum).putInt(0);
    out.putInt(Bytes.checksum(out.array(), 0, CHECKSUM_AT));
    return out.array();
  }

  /**
   * @throws Damaged unless everything fits into a file of this size
   */
  static Trailer decode(byte[] bytes, long fileBytes) throws Damaged {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    if (in.getInt(CHECKSUM_AT) != Bytes.checksum(bytes, 0, CHECKSUM_AT) || in.getLong() != MAGIC) {
      throw new Damaged("the file does not end as a complete one does");
    }
    Trailer trailer =
        new Trailer(
            in.getLong(),
            in.getInt(),
            in.getInt(),
            in.getInt(),
            in.getLong(),
            in.getInt(),
            in.getInt());
    if (!trailer.plausible() || trailer.fileBytes() != fileBytes) {
      throw new Damaged("the file has another length than it says");
    }
    return trailer;
  }

  private boolean plausible() {
    return in(frontBytes, Catalogue.mostBytes())
        && in(catalogueBytes, Catalogue.mostBytes())
        && in(dataPages, MOST_PAGES)
        && in(headPages, WritingVolume.HEAD_PAGES)
        && logicalBytes >= 0;
  }

  private static boolean in(int value, int most) {
    return value >= 0 && value <= most;
  }
}
