package io.edgeflow.gateway.backlog;

import io.edgeflow.gateway.disk.DiskFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A volume that is read. Every page is proven by its checksum before MapDB sees it: on a damaged
 * index MapDB may loop, or allocate without bound. Holds {@value #PAGES_HELD} pages.
 */
final class ReadingVolume extends PagedVolume {
  private static final int PAGES_HELD = 16;
  private static final byte[] ZEROS = new byte[PAGE_BYTES];

  private final DiskFile file;
  private final Trailer trailer;

  /** Checksums of the pages in the order of the file. */
  private final int[] checksums;

  private final Map<Long, byte[]> held = new LinkedHashMap<>(2 * PAGES_HELD, 0.75f, true);

  private ReadingVolume(DiskFile file, Trailer trailer, int[] checksums) {
    this.file = file;
    this.trailer = trailer;
    this.checksums = checksums;
  }

  /**
   * @throws Damaged if the page table is not what the trailer says
   */
  static ReadingVolume open(DiskFile file, Trailer trailer) throws IOException {
    byte[] table = Bytes.read(file, trailer.tableAt(), trailer.pages() * Integer.BYTES);
    if (Bytes.checksum(table) != trailer.tableChecksum()) {
      throw new Damaged("the checksum of the page table does not match");
    }
    int[] checksums = new int[trailer.pages()];
    ByteBuffer.wrap(table).asIntBuffer().get(checksums);
    return new ReadingVolume(file, trailer, checksums);
  }

  /**
   * Reads every page.
   *
   * @throws Damaged if one is not what was written
   */
  void verify() throws IOException {
    for (int index = 0; index < trailer.pages(); index++) {
      read(index);
    }
  }

  /** Whether a page, by its place in the file, is what was written. */
  boolean isIntact(int index) {
    try {
      read(index);
      return true;
    } catch (IOException damagedOrRefused) {
      return false;
    }
  }

  @Override
  byte[] page(long page, boolean toChange) {
    if (toChange) {
      throw new UnsupportedOperationException("a sealed file never changes");
    }
    byte[] bytes = held.get(page);
    if (bytes == null) {
      bytes = load(page);
      if (held.size() >= PAGES_HELD) {
        held.remove(held.keySet().iterator().next());
      }
      held.put(page, bytes);
    }
    return bytes;
  }

  /** Pages that are not in the file were never used. */
  private byte[] load(long page) {
    boolean head = page < WritingVolume.HEAD_PAGES;
    long index = head ? trailer.dataPages() + page : page - WritingVolume.HEAD_PAGES;
    if (index < 0 || index >= (head ? trailer.pages() : trailer.dataPages())) {
      return ZEROS;
    }
    try {
      return read((int) index);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] read(int index) throws IOException {
    byte[] bytes = Bytes.read(file, trailer.frontBytes() + (long) index * PAGE_BYTES, PAGE_BYTES);
    if (Bytes.checksum(bytes) != checksums[index]) {
      throw new Damaged("the checksum of page " + index + " does not match");
    }
    return bytes;
  }

  @Override
  public void ensureAvailable(long offset) {
    if (offset > trailer.logicalBytes()) {
      throw new UnsupportedOperationException("a sealed file never grows");
    }
  }

  @Override
  public long length() {
    return trailer.logicalBytes();
  }

  @Override
  public boolean isReadOnly() {
    return true;
  }
}
