package io.edgeflow.gateway.space;

import io.edgeflow.wire.frame.ChangeRow;
import io.edgeflow.wire.frame.Frame;
import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.frame.Replaced;
import io.edgeflow.wire.frame.SeriesEntry;
import io.edgeflow.wire.frame.WindowRow;
import java.util.ArrayList;
import java.util.List;

/**
 * A coarse frame that has no number yet.
 *
 * @param originals that it replaces, sorted
 * @param createdMicros of the newest original: so it keeps its place among frames by age
 * @param readings the sum of the originals'
 */
public record CoarseDraft(
    List<FrameId> originals,
    long createdMicros,
    long readings,
    List<SeriesEntry> series,
    List<WindowRow> windows,
    List<ChangeRow> changes) {

  /**
   * The frame under its number.
   *
   * @param totalBefore readings in all frames of its incarnation and lane before it
   */
  public Frame frame(String edge, FrameId id, long totalBefore) {
    return new Frame(
        edge,
        id,
        createdMicros,
        readings,
        totalBefore + readings,
        series,
        windows,
        changes,
        List.of(),
        List.of(),
        replaced());
  }

  /** The originals as ranges that hold nothing else. */
  public List<Replaced> replaced() {
    List<Replaced> ranges = new ArrayList<>();
    FrameId first = originals.getFirst();
    FrameId last = first;
    for (FrameId id : originals.subList(1, originals.size())) {
      if (!id.incarnation().equals(last.incarnation()) || id.number() != last.number() + 1) {
        ranges.add(range(first, last));
        first = id;
      }
      last = id;
    }
    ranges.add(range(first, last));
    return ranges;
  }

  private static Replaced range(FrameId first, FrameId last) {
    return new Replaced(first.incarnation(), first.lane(), first.number(), last.number());
  }
}
