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

  static void run(Recovery.Recovered found, LogWriter writer, Replay replay) throws IOException {
    boolean written = false;
    try {
      write(found, writer, replay);
      written = true;
    } finally {
      if (!written) {
        writer.abandon();
      }
    }
    if (!found.endsInMarker()) {
      replay.tornTail(found.tornBytes(), true);
    }
  }

  private static void write(Recovery.Recovered found, LogWriter writer, Replay replay)
      throws IOException {
    if (!found.tail().isEmpty()) {
      rewrite(found.tail(), writer, replay);
    } else if (!found.endsInMarker()) {
      writer.marker(RecordFormat.IDLE_MARKER);
    }
  }

  private static void rewrite(List<LogReader.Item> tail, LogWriter writer, Replay replay)
      throws IOException {
    Batch batch = new Batch();
    List<LogPosition> positions = new ArrayList<>();
    for (LogReader.Item item : tail) {
      byte[] payload = item.payload().bytes();
      Durable moved = (number, position) -> positions.add(position);
      batch.append(item.number(), item.type(), payload, 0, payload.length, moved);
    }
    writer.write(batch);
    for (int i = 0; i < tail.size(); i++) {
      LogReader.Item item = tail.get(i);
      replay.record(item.number(), item.type(), item.payload().bytes(), positions.get(i));
    }
  }
}
