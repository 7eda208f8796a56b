package io.edgeflow.gateway.recorder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.aggregator.identity.Verdict;
import io.edgeflow.gateway.rawcapture.Around;
import io.edgeflow.gateway.rawcapture.Place;
import io.edgeflow.gateway.rawcapture.SentStretch;
import io.edgeflow.gateway.rawcapture.Stretch;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What several stretches want of the journal's records. */
final class CaptureScanTest {
  private static Around around(String id, int series, long from, long to) {
    BitSet numbers = new BitSet();
    numbers.set(series);
    return new Around(new Stretch(id, numbers, from, to), "pump-7/flow", from, List.of("alarm"));
  }

  /** A message of readings of series 0, a microsecond apart from this time on. */
  private static byte[] message(long from, int count, Verdict verdict, boolean reported) {
    RecordWriter out = new RecordWriter();
    MessageRecord.begin(out, from);
    DecidedReading reading = new DecidedReading();
    for (int i = 0; i < count; i++) {
      reading.eventMicros = from + i;
      reading.number = i;
      reading.verdict = verdict;
      reading.reported = reported;
      MessageRecord.add(out, from, reading);
    }
    return out.copy();
  }

  private static void show(CaptureScan scan, long number, byte[] message) {
    scan.record(1, number, RecordType.MESSAGE.code(), message);
  }

  @Test
  void findsAReadingOnceThatTwoStretchesWant() {
    CaptureScan scan =
        new CaptureScan(List.of(around("a", 0, 100, 104), around("b", 0, 102, 200)), 1_000);
    show(scan, 1, message(100, 6, Verdict.FRESH, false));
    show(scan, 2, message(102, 1, Verdict.DUPLICATE, false));
    show(scan, 3, message(103, 1, Verdict.CONFLICT, true));
    assertEquals(6, scan.found().size());
    assertEquals(5, scan.ones().getFirst().readings(), "reported ones count, they went before");
    assertEquals(5, scan.ones().getLast().readings());
    assertEquals(new Place(1, 6), scan.found().behind(5));
  }

  /** What lies behind the limit was not sent, and whoever asks for it later gets it. */
  @Test
  void endsAStretchAtItsLimitAndRemembersWhere() {
    CaptureScan scan =
        new CaptureScan(List.of(around("a", 0, 100, 200), around("b", 0, 104, 200)), 3);
    show(scan, 1, message(100, 6, Verdict.FRESH, false));
    assertTrue(scan.ones().getFirst().limited());
    assertFalse(scan.ones().getLast().limited());
    assertEquals(5, scan.found().size(), "three of the first, two of the other");
    List<Place> places = scan.upTo(new Place(1, 6)).stream().map(SentStretch::upTo).toList();
    assertEquals(List.of(new Place(1, 3), new Place(1, 6)), places);
    assertEquals(new Place(1, 2), scan.upTo(new Place(1, 2)).getFirst().upTo());
  }
}
