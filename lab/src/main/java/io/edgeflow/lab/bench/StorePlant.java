package io.edgeflow.lab.bench;

import io.edgeflow.cloud.store.FrameWriter;
import io.edgeflow.wire.frame.WindowRow;
import java.util.ArrayList;
import java.util.List;

/**
 * Edges that return after an outage, all series shared out among them, and they evenly among the
 * writers: minute by minute a frame of each. Not thread-safe.
 */
final class StorePlant {
  /** What an edge sends. */
  @SuppressWarnings("ArrayRecordComponent") // handed on, compared by nobody
  record Sent(String edge, byte[] frame) {}

  private final List<StoreWork> edges = new ArrayList<>();
  private final int series;

  /**
   * @param series at least one for each edge
   */
  StorePlant(int edges, int series, int writers, long firstMinute, long seed) {
    this.series = series;
    int name = 0;
    for (int i = 0; i < edges; i++) {
      while (FrameWriter.writerOf("bench-" + name, writers) != i % writers) {
        name++;
      }
      int share = series / edges + (i < series % edges ? 1 : 0);
      this.edges.add(new StoreWork("bench-" + name++, share, firstMinute, seed + i));
    }
  }

  /** One minute of every series, of all edges one after the other. */
  List<WindowRow> minute() {
    List<WindowRow> rows = new ArrayList<>(series);
    edges.forEach(edge -> rows.addAll(edge.minute()));
    return rows;
  }

  /** A frame of each edge. */
  List<Sent> frames(List<WindowRow> minute) {
    List<Sent> frames = new ArrayList<>(edges.size());
    int from = 0;
    for (StoreWork edge : edges) {
      List<WindowRow> rows = minute.subList(from, from + edge.series());
      frames.add(new Sent(edge.name(), edge.frame(rows)));
      from += edge.series();
    }
    return frames;
  }
}
