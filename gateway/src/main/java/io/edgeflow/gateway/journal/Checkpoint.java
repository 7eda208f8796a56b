package io.edgeflow.gateway.journal;

import java.util.List;

/**
 * The payload of a checkpoint, in pieces: that of a large edge is not asked of a small heap as one
 * array.
 *
 * @param pieces nobody changes them any more
 * @param length of all of them together
 */
record Checkpoint(List<byte[]> pieces, int length) {
  static Checkpoint of(List<byte[]> pieces) {
    long length = pieces.stream().mapToLong(piece -> piece.length).sum();
    if (length > Integer.MAX_VALUE - RecordFormat.HEADER_BYTES) {
      throw new IllegalArgumentException("a checkpoint of " + length + " bytes is too large");
    }
    return new Checkpoint(List.copyOf(pieces), (int) length);
  }

  /** What it takes in a segment, beside what any segment has. */
  int recordBytes() {
    return RecordFormat.HEADER_BYTES + length;
  }
}
