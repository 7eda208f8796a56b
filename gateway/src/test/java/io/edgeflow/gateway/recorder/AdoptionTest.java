package io.edgeflow.gateway.recorder;

import static io.edgeflow.gateway.recorder.Outage.MINUTE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.gateway.disk.NioDisk;
import io.edgeflow.gateway.outbox.FramePlace;
import io.edgeflow.gateway.outbox.HeldFrame;
import io.edgeflow.wire.frame.EventRow;
import io.edgeflow.wire.frame.Frame;
import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.frame.Lane;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A start holds the ledger against what really lies on the disk (J8). */
final class AdoptionTest {
  private static final long BUDGET = 1 << 20;

  @TempDir Path temp;

  private final Outage outage = new Outage(new Random(3), 60);

  /** J8: a complete file that describes itself is adopted whatever else is gone. */
  @Test
  void findsEveryFrameOfTheFilesWhereTheJournalIsGone() throws Exception {
    Path directory = temp.resolve("a");
    Set<FrameId> inFiles;
    try (Edge edge = open(directory)) {
      untilSealed(edge);
      inFiles = ids(inFiles(edge));
    }
    for (Path file : entries(directory)) {
      Files.delete(file);
    }

    try (Edge edge = open(directory)) {
      Map<FrameId, Frame> waiting = edge.pendingFrames();
      assertTrue(waiting.keySet().containsAll(inFiles), "frames were not adopted");
      Outage.assertEachReadingOnce(edge, "adopted");
      for (HeldFrame frame : inFiles(edge)) {
        assertTrue(frame.offered(), "nobody knows whether it was sent (J7): " + frame.id());
      }
    }
    try (Edge edge = open(directory)) {
      assertTrue(edge.pendingFrames().keySet().containsAll(inFiles), "at the next start");
    }
  }

  /** What is gone is named, number by number, and everything else is still delivered. */
  @Test
  void namesWhatWentWithAFileAndKeepsTheRest() throws Exception {
    Path directory = temp.resolve("a");
    List<HeldFrame> lost;
    Set<FrameId> all;
    long fileId;
    try (Edge edge = open(directory)) {
      untilSealed(edge);
      List<HeldFrame> sealed = inFiles(edge);
      fileId = home(sealed.getFirst());
      long gone = fileId;
      lost = sealed.stream().filter(frame -> home(frame) == gone).toList();
      all = edge.pendingFrames().keySet();
    }
    Files.delete(fileOf(directory, fileId));

    try (Edge edge = open(directory)) {
      Set<FrameId> waiting = edge.pendingFrames().keySet();
      for (FrameId id : all) {
        assertEquals(!ids(lost).contains(id), waiting.contains(id), id.toString());
      }
      EventRow event = event(edge, "frame-unreadable");
      long readings = lost.stream().mapToLong(HeldFrame::readings).sum();
      assertEquals(Integer.toString(lost.size()), event.detail().get("frames"));
      assertEquals(Long.toString(readings), event.detail().get("readings"));
      assertEquals(readings, Outage.lane(edge.figures(), Lane.WINDOW).dropped().readings());
      Outage.assertBalanced(edge.figures(), "without the file");
    }
  }

  /** Killed between the file's name and the record that names it: the frames are there once. */
  @Test
  void deletesAFileThatNobodyRecordedWhereTheFramesAreStillInTheJournal() throws Exception {
    Path directory = temp.resolve("a");
    Path killed = temp.resolve("killed");
    try (Edge edge = open(directory)) {
      while (edge.recorder.journalBytes() < BUDGET / 2) {
        outage.minutes(edge, 10);
      }
      edge.copyAsKilled(directory, killed);
      untilSealed(edge);
      Files.createDirectories(killed.resolve("backlog"));
      for (Path file : entries(directory.resolve("backlog"))) {
        Files.copy(file, killed.resolve("backlog").resolve(file.getFileName()));
      }
    }
    try (Edge edge = open(killed)) {
      Outage.assertEachReadingOnce(edge, "after the kill");
      Outage.assertBalanced(edge.figures(), "after the kill");
      edge.awaitQuiet();
      Outage.assertEachReadingOnce(edge, "tidied up");
    }
  }

  private Edge open(Path directory) throws IOException {
    return Edge.withBudget(
        directory, new NioDisk(), BUDGET, Edge.START_MICROS + (outage.minutes() + 1) * MINUTE);
  }

  private void untilSealed(Edge edge) {
    do {
      outage.minutes(edge, 20);
      edge.awaitQuiet();
    } while (inFiles(edge).isEmpty() && outage.minutes() < 3_000);
    assertFalse(inFiles(edge).isEmpty(), "nothing was sealed");
  }

  private static List<HeldFrame> inFiles(Edge edge) {
    return edge.recorder
        .onOwner(
            state -> {
              List<HeldFrame> frames = new ArrayList<>();
              state.frames.pending(Lane.WINDOW, (inFile, home) -> inFile, frames::add);
              return frames;
            })
        .join();
  }

  private static Set<FrameId> ids(List<HeldFrame> frames) {
    return frames.stream().map(HeldFrame::id).collect(Collectors.toSet());
  }

  private static long home(HeldFrame frame) {
    return switch (frame.place()) {
      case FramePlace.InFile file -> file.file();
      case FramePlace.InSegment segment -> throw new AssertionError("not in a file: " + segment);
    };
  }

  private static Path fileOf(Path directory, long id) throws IOException {
    String hex = "%016x".formatted(id);
    return entries(directory.resolve("backlog")).stream()
        .filter(file -> file.getFileName().toString().contains(hex))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no file " + hex));
  }

  /** Files only, not folders. */
  private static List<Path> entries(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  private static EventRow event(Edge edge, String type) {
    return edge.pendingEvents().stream()
        .filter(event -> event.type().equals(type))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no event " + type));
  }
}
