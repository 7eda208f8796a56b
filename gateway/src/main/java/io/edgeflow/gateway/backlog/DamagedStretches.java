package io.edgeflow.gateway.backlog;

import io.edgeflow.gateway.disk.DiskFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the stretches of a file that are not what was written, as far as checksums that are intact
 * themselves can tell: without the end of the file nothing proves its pages. One thread.
 */
final class DamagedStretches {
  private final DiskFile file;
  private final long size;
  private final List<ByteRange> found = new ArrayList<>();

  private DamagedStretches(DiskFile file, long size) {
    this.file = file;
    this.size = size;
  }

  /** In the order of the file; empty if every byte is proven. */
  static List<ByteRange> find(DiskFile file) throws IOException {
    DamagedStretches stretches = new DamagedStretches(file, file.size());
    stretches.find();
    return stretches.found;
  }

  private void find() {
    Trailer trailer;
    try {
      trailer = Trailer.decode(Bytes.read(file, size - Trailer.BYTES, Trailer.BYTES), size);
    } catch (IOException | IllegalArgumentException notThere) {
      add(Math.max(0, size - Trailer.BYTES), size);
      return;
    }
    if (!isCatalogue(0)) {
      add(0, trailer.frontBytes());
    }
    pages(trailer);
    if (!isCatalogue(trailer.catalogueAt())) {
      add(trailer.catalogueAt(), size - Trailer.BYTES);
    }
  }

  private boolean isCatalogue(long at) {
    try {
      int length = Catalogue.length(Bytes.read(file, at, Catalogue.beginning()));
      return length <= size - at
          && !Catalogue.decode(Bytes.read(file, at, length)).edge().isEmpty();
    } catch (IOException damagedOrRefused) {
      return false;
    }
  }

  private void pages(Trailer trailer) {
    ReadingVolume volume;
    try {
      volume = ReadingVolume.open(file, trailer);
    } catch (IOException damagedOrRefused) {
      add(trailer.tableAt(), trailer.catalogueAt());
      return;
    }
    for (int page = 0; page < trailer.pages(); page++) {
      if (!volume.isIntact(page)) {
        long at = trailer.frontBytes() + (long) page * PagedVolume.PAGE_BYTES;
        add(at, at + PagedVolume.PAGE_BYTES);
      }
    }
  }

  private void add(long from, long to) {
    ByteRange last = found.isEmpty() ? null : found.getLast();
    if (last != null && last.to() == from) {
      found.removeLast();
      found.add(new ByteRange(last.from(), to));
    } else {
      found.add(new ByteRange(from, to));
    }
  }
}
