package io.edgeflow.gateway.backlog;

import io.edgeflow.gateway.disk.DiskFile;
import java.io.IOException;
import java.util.Optional;

/**
 * What a file says about itself at its two ends.
 *
 * @param catalogue from whichever end has it intact
 * @param trailer is absent unless both catalogues and everything around the pages are intact
 */
record Outline(Optional<Catalogue> catalogue, Optional<Trailer> trailer) {
  /**
   * @throws IOException if the disk refuses; never for damage
   */
  static Outline read(DiskFile file) throws IOException {
    Optional<Catalogue> front = catalogue(file, 0);
    Optional<Trailer> trailer = trailer(file);
    if (trailer.isEmpty()) {
      return new Outline(front, Optional.empty());
    }
    Optional<Catalogue> back = catalogue(file, trailer.get().catalogueAt());
    boolean sound = back.isPresent() && back.equals(front);
    return new Outline(front.or(() -> back), sound ? trailer : Optional.empty());
  }

  private static Optional<Trailer> trailer(DiskFile file) throws IOException {
    long size = file.size();
    try {
      byte[] last = Bytes.read(file, Math.max(0, size - Trailer.BYTES), Trailer.BYTES);
      return Optional.of(Trailer.decode(last, size));
    } catch (Damaged e) {
      return Optional.empty();
    }
  }

  private static Optional<Catalogue> catalogue(DiskFile file, long at) throws IOException {
    try {
      int length = Catalogue.length(Bytes.read(file, at, Catalogue.beginning()));
      if (length > file.size() - at) {
        return Optional.empty();
      }
      return Optional.of(Catalogue.decode(Bytes.read(file, at, length)));
    } catch (Damaged e) {
      return Optional.empty();
    }
  }
}
