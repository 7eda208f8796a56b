package io.edgeflow.gateway.journal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the tail durable before anybody builds on it. It was read from a file whose last sync may
 * have failed: then the system's cache shows bytes that the disk never got, and syncing that file
 * again would succeed without writing them. So the tail moves to a new segment under the same
 * numbers, as after a failed sync (J3).
 */
final class TailRewrite {
  private TailRewrite() {}

  static void run(Recovery.Recovered found, LogWriter writer, Replay replay, LastRoom lastRoom)
      throws IOException {
    List<LogPosition> positions = lastRoom.use(() -> write(found, writer));
    passOn(found.tail(), positions, replay);
    if (!found.endsInMarker()) {
      replay.tornTail(found.tornBytes(), true);
    }
  }

  /** One attempt, of which nothing is left if it fails. Returns where the tail's records lie. */
  private static List<LogPosition> write(Recovery.Recovered found, LogWriter writer)
      throws IOException {
    boolean written = false;
    try {
      List<LogPosition> positions = new ArrayList<>();
      if (!found.tail().isEmpty()) {
        writer.write(batch(found.tail(), positions));
      } else if (!found.endsInMarker()) {
        writer.marker(RecordFormat.IDLE_MARKER);
      }
      written = true;
      return positions;
    } finally {
      if (!written) {
        writer.abandon();
      }
    }
  }

  private static Batch batch(List<LogReader.Item> tail, List<LogPosition> positions) {
    Batch batch = new Batch();
    for (LogReader.Item item : tail) {
      byte[] payload = item.payload().bytes();
      Durable moved = (number, position) -> positions.add(position);
      batch.append(item.number(), item.type(), payload, 0, payload.length, moved);
    }
    return batch;
  }

  private static void passOn(
      List<LogReader.Item> tail, List<LogPosition> positions, Replay replay) {
    for (int i = 0; i < tail.size(); i++) {
      LogReader.Item item = tail.get(i);
      replay.record(item.number(), item.type(), item.payload().bytes(), positions.get(i));
    }
  }
}
