package io.edgeflow.gateway.journal;

import static io.edgeflow.gateway.journal.Journals.append;
import static io.edgeflow.gateway.journal.Journals.await;
import static io.edgeflow.gateway.journal.Journals.settings;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.gateway.disk.FaultyDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Looking through segments that are still there. */
final class ScanTest {
  private final SmallJournal small = new SmallJournal();

  @Test
  void showsEveryRecordOfEverySegmentOnceAlsoTheOneBeingWritten() throws Exception {
    small.threeSegments();
    try (Journal journal = small.open()) {
      small.appendAll(journal, 2);
      assertEquals(small.texts, scanAll(journal));
    }
  }

  /** J3: what an earlier segment holds of a later one's numbers is void. */
  @Test
  void showsARecordThatLiesInTwoSegmentsOnce() throws Exception {
    try (Journal journal = small.open()) {
      small.appendAll(journal, 3);
    }
    // Without the marker behind it the last record proves nothing, so the next start moves it.
    cutBehind(Objects.requireNonNull(small.positions.get(3L)));
    try (Journal journal = small.open()) {
      assertEquals(List.of(1L, 2L, 3L), new ArrayList<>(scanAll(journal).keySet()));
      long shown = 0;
      for (SegmentInfo segment : journal.segments()) {
        shown += scan(journal, segment.id()).size();
      }
      assertEquals(3, shown);
    }
  }

  @Test
  void showsNothingThatIsNotSynced() throws Exception {
    FaultyDisk faulty = new FaultyDisk(small.disk);
    try (Journal journal =
        Journal.open(settings(SmallJournal.DIRECTORY), faulty, new RecordingReplay())) {
      small.appendAll(journal, 1);
      long tried = faulty.count(FaultyDisk.Operation.FORCE);
      faulty.fault(FaultyDisk.failing(FaultyDisk.Operation.FORCE));
      append(journal, "not synced", null);
      journal.wantSync();
      await(() -> faulty.count(FaultyDisk.Operation.FORCE) > tried);
      assertEquals(small.texts, scanAll(journal));
      faulty.heal();
    }
  }

  @Test
  void leavesDamagedRecordsOutAndGoesOnBehindThem() throws Exception {
    small.threeSegments();
    flip(Objects.requireNonNull(small.positions.get(2L)));
    try (Journal journal = small.open()) {
      SortedMap<Long, String> expected = new TreeMap<>(small.texts);
      expected.remove(2L);
      assertEquals(expected, scanAll(journal));
    }
  }

  @Test
  void endsWhereTheVisitorHasSeenEnough() throws Exception {
    small.threeSegments();
    try (Journal journal = small.open()) {
      List<Long> seen = new ArrayList<>();
      journal.scan(
          firstSegment(),
          (number, type, payload, bytesBefore) -> {
            seen.add(number);
            return seen.size() < 2;
          });
      assertEquals(List.of(1L, 2L), seen);
    }
  }

  @Test
  void doesNotKeepASegmentFromBeingDeleted() throws Exception {
    small.threeSegments();
    try (Journal journal = small.open()) {
      long first = firstSegment();
      List<Long> seen = new ArrayList<>();
      journal.scan(
          first,
          (number, type, payload, bytesBefore) -> {
            seen.add(number);
            return journal.delete(first) || seen.size() > 1;
          });
      assertEquals(List.of(1L, 2L, 3L), seen, "a scan sees its segment to the end");
      assertFalse(journal.segments().stream().anyMatch(segment -> segment.id() == first));
      assertThrows(IOException.class, () -> scan(journal, first));
    }
  }

  private long firstSegment() {
    return Objects.requireNonNull(small.positions.get(1L)).segment();
  }

  private void flip(LogPosition position) {
    Path file = SegmentFiles.segment(SmallJournal.DIRECTORY, position.segment());
    byte[] bytes = small.disk.bytes(file);
    bytes[(int) position.offset() + RecordFormat.HEADER_BYTES] ^= 1;
    small.disk.put(file, bytes);
  }

  private void cutBehind(LogPosition position) {
    Path file = SegmentFiles.segment(SmallJournal.DIRECTORY, position.segment());
    int end = (int) position.offset() + RecordFormat.HEADER_BYTES + position.length();
    small.disk.put(file, Arrays.copyOf(small.disk.bytes(file), end));
  }

  private SortedMap<Long, String> scanAll(Journal journal) throws IOException {
    SortedMap<Long, String> all = new TreeMap<>();
    for (SegmentInfo segment : journal.segments()) {
      SortedMap<Long, String> found = scan(journal, segment.id());
      assertTrue(disjoint(all.keySet(), found.keySet()), "shown twice");
      all.putAll(found);
    }
    return all;
  }

  private static boolean disjoint(Collection<Long> some, Collection<Long> others) {
    return some.stream().noneMatch(others::contains);
  }

  private static SortedMap<Long, String> scan(Journal journal, long segment) throws IOException {
    SortedMap<Long, String> found = new TreeMap<>();
    journal.scan(
        segment,
        (number, type, payload, bytesBefore) -> {
          found.put(number, new String(payload, UTF_8));
          return true;
        });
    return found;
  }
}
