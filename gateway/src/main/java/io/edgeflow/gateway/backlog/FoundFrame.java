package io.edgeflow.gateway.backlog;

import java.util.Arrays;

/** Where the intact pieces of a frame lie in a damaged file. */
final class FoundFrame {
  private static final long NOWHERE = -1;

  private final int frameBytes;
  private final long[] places;

  FoundFrame(int frameBytes) {
    this.frameBytes = frameBytes;
    this.places = new long[PieceHead.count(frameBytes)];
    Arrays.fill(places, NOWHERE);
  }

  int frameBytes() {
    return frameBytes;
  }

  /** A piece of a frame of another length is of no use. */
  void add(PieceHead head, long at) {
    if (head.frameBytes() == frameBytes && places[head.index()] == NOWHERE) {
      places[head.index()] = at;
    }
  }

  boolean whole() {
    return Arrays.stream(places).noneMatch(place -> place == NOWHERE);
  }

  long placeOf(int index) {
    return places[index];
  }
}
