package io.edgeflow.wire.frame;

/**
 * What names a frame for all time, within its edge.
 *
 * @param number counts from 1 in every incarnation and lane
 */
public record FrameId(Incarnation incarnation, Lane lane, long number) {
  public FrameId {
    if (number < 1) {
      throw new IllegalArgumentException("frame numbers start at 1, this is " + number);
    }
  }

  @Override
  public String toString() {
    return incarnation + "/" + lane.word() + "/" + number;
  }
}
