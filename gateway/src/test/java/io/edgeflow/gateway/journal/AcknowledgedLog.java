package io.edgeflow.gateway.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The model that a journal is held against: what was appended under which number, and up to which
 * number somebody was told that it is safe. A checkpoint's text is the number it covers.
 */
final class AcknowledgedLog implements Durable {
  private final SortedMap<Long, String> appended = new TreeMap<>();
  private final String seed;
  private volatile long acknowledged;
  private int lives;

  AcknowledgedLog(String seed) {
    this.seed = seed;
  }

  void append(Journal journal, int padding) {
    String text = "life " + lives + " record " + (journal.lastNumber() + 1) + "x".repeat(padding);
    byte[] payload = text.getBytes(StandardCharsets.UTF_8);
    appended.put(journal.append(1, payload, 0, payload.length, this), text);
  }

  void roll(Journal journal, int padding) {
    String text = journal.lastNumber() + " ".repeat(padding);
    journal.roll(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public synchronized void durable(long number, LogPosition position) {
    assertEquals(acknowledged + 1, number, seed);
    acknowledged = number;
  }

  synchronized long acknowledged() {
    return acknowledged;
  }

  /**
   * Everything acknowledged is there, nothing twice, nothing that was never appended, no number
   * left out.
   */
  synchronized void assertHolds(RecordingReplay replay) {
    assertEquals(List.of(), replay.damage, seed);
    String checkpoint = replay.checkpoint;
    long covered = checkpoint == null ? 0 : Long.parseLong(checkpoint.strip());
    long last = replay.records.isEmpty() ? covered : replay.records.lastKey();
    assertTrue(last >= acknowledged, () -> seed + ": lost " + (last + 1) + ".." + acknowledged);
    for (long number = covered + 1; number <= last; number++) {
      assertEquals(appended.get(number), replay.records.get(number), seed);
    }
    assertEquals(last - covered, replay.records.size(), seed);
    appended.tailMap(last + 1).clear();
    acknowledged = last;
    lives++;
  }
}
