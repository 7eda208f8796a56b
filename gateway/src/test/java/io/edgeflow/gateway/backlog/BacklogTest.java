package io.edgeflow.gateway.backlog;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.gateway.disk.FaultyDisk;
import io.edgeflow.gateway.disk.FaultyDisk.Operation;
import io.edgeflow.gateway.disk.ForgetfulDisk;
import io.edgeflow.gateway.disk.NioDisk;
import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.frame.Incarnation;
import io.edgeflow.wire.frame.Lane;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** J8: frames go into files and come back, and files come and go. */
final class BacklogTest {
  private static final Incarnation OLD = new Incarnation(-5, 1);
  private static final Incarnation NEW = new Incarnation(7, 2);
  private static final Path DIRECTORY = Path.of("/backlog");

  private final Plenty plenty = new Plenty(new SplittableRandom(1));

  private static BacklogFile written(Sealed sealed) {
    assertEquals(List.of(), sealed.unreadable());
    return Objects.requireNonNull(sealed.file());
  }

  private BacklogFile seal(Backlog backlog) throws IOException {
    return written(backlog.seal(Lane.EVENT, plenty.ids(), plenty));
  }

  private void assertHoldsAll(Backlog backlog, long file) throws IOException {
    for (FrameId id : plenty.ids()) {
      assertArrayEquals(plenty.frames.get(id), backlog.read(file, id), id.toString());
    }
    assertEquals(plenty.ids().stream().map(plenty::sealed).toList(), frames(backlog, file));
  }

  private static List<SealedFrame> frames(Backlog backlog, long file) throws IOException {
    Contents contents = backlog.verify(file);
    assertEquals(Soundness.SOUND, contents.soundness());
    assertEquals(contents, backlog.contents(file));
    return contents.file().frames();
  }

  @Test
  void givesBackThousandsOfFramesAfterRestart(@TempDir Path directory) throws IOException {
    for (int number = 1; number <= 3000; number++) {
      plenty.add(number % 3 == 0 ? OLD : NEW, number, number % 100 == 0 ? 40_000 : 300);
    }
    BacklogFile file;
    try (Backlog backlog = Backlog.open(new NioDisk(), directory, Plenty.EDGE)) {
      file = seal(backlog);
      assertHoldsAll(backlog, file.id());
    }
    try (Backlog backlog = Backlog.open(new NioDisk(), directory, Plenty.EDGE)) {
      FileInfo info = new FileInfo(file.id(), Lane.EVENT, file.bytes());
      assertEquals(List.of(info), backlog.files());
      assertEquals(file.bytes(), backlog.bytes());
      assertHoldsAll(backlog, file.id());
    }
    try (var entries = Files.list(directory)) {
      assertEquals(1, entries.count(), "only the file itself is left");
    }
  }

  /** What a killed process gave a name to is there for the next one, and may not be for good. */
  @Test
  void showsNoFileThatAPowerCutMayTake() throws IOException {
    plenty.add(NEW, 1, 300);
    int adopted = 0;
    for (int operations = 0; operations < 40; operations++) {
      ForgetfulDisk disk = new ForgetfulDisk();
      Backlog killed = Backlog.open(disk, DIRECTORY, Plenty.EDGE);
      disk.cutAfter(operations);
      try {
        seal(killed);
      } catch (IOException cut) {
        assertTrue(disk.isOff(), cut::toString);
      }
      disk.kill();
      List<FileInfo> shown = Backlog.open(disk, DIRECTORY, Plenty.EDGE).files();
      adopted += shown.size();
      disk.restart(new SplittableRandom(operations));
      assertEquals(shown, Backlog.open(disk, DIRECTORY, Plenty.EDGE).files());
    }
    assertTrue(adopted > 1, "never killed behind the name");
  }

  @Test
  void givesBackFramesOfEverySizeUpToTheLargest() throws IOException {
    long number = 1;
    for (int bytes : List.of(1, 500, 49_000, 49_500, 64 * 1024, 65 * 1024, 98_300, 1_258_000)) {
      plenty.add(NEW, number++, bytes);
    }
    Backlog backlog = Backlog.open(new ForgetfulDisk(), DIRECTORY, Plenty.EDGE);
    assertHoldsAll(backlog, seal(backlog).id());
  }

  /** The head of a piece says how long the frame is; both edges of each piece must fit. */
  @Test
  void splitsFramesExactlyAtTheLimitOfPieces() {
    FrameId id = new FrameId(NEW, Lane.EVENT, 1);
    for (int bytes = PieceHead.MOST_BYTES - 1; bytes <= PieceHead.MOST_BYTES + 1; bytes++) {
      byte[] frame = new byte[bytes];
      new SplittableRandom(bytes).nextBytes(frame);
      int at = 0;
      for (int index = 0; index < PieceHead.count(bytes); index++) {
        byte[] piece = PieceHead.piece(9, id, index, frame);
        PieceHead head = PieceHead.parse(piece, 0).orElseThrow();
        assertTrue(head.proves(piece, PieceHead.BYTES));
        assertEquals(at, head.from());
        at += head.bytes();
      }
      assertEquals(bytes, at);
    }
  }

  @Test
  void leavesOutAndNamesWhatCannotBeRead() throws IOException {
    FrameId good = plenty.add(NEW, 1, 500);
    FrameId damaged = plenty.add(NEW, 2, 500);
    FrameId foreign = plenty.add(NEW, 3, 500);
    FrameId absent = new FrameId(NEW, Lane.EVENT, 4);
    Objects.requireNonNull(plenty.frames.get(damaged))[200] ^= 1;
    plenty.frames.put(foreign, plenty.frame("pi-8", foreign, 500));
    Backlog backlog = Backlog.open(new ForgetfulDisk(), DIRECTORY, Plenty.EDGE);
    Sealed sealed = backlog.seal(Lane.EVENT, List.of(absent, foreign, damaged, good), plenty);
    assertEquals(List.of(damaged, foreign, absent), sealed.unreadable());
    BacklogFile file = Objects.requireNonNull(sealed.file());
    assertEquals(List.of(plenty.sealed(good)), frames(backlog, file.id()));
    assertArrayEquals(plenty.frames.get(good), backlog.read(file.id(), good));
    assertThrows(FrameLost.class, () -> backlog.read(file.id(), absent));
  }

  @Test
  void writesNoFileWithoutFrames() throws IOException {
    ForgetfulDisk disk = new ForgetfulDisk();
    Backlog backlog = Backlog.open(disk, DIRECTORY, Plenty.EDGE);
    FrameId absent = new FrameId(NEW, Lane.EVENT, 4);
    assertNull(backlog.seal(Lane.EVENT, List.of(), plenty).file());
    assertNull(backlog.seal(Lane.EVENT, List.of(absent), plenty).file());
    assertEquals(List.of(), disk.list(DIRECTORY));
    assertThrows(
        IllegalArgumentException.class,
        () -> backlog.seal(Lane.RAW, List.of(absent), plenty),
        "a frame of another lane");
  }

  @Test
  void takesFramesInAnyOrderAndEachOnce() throws IOException {
    FrameId one = plenty.add(OLD, 1, 100);
    FrameId two = plenty.add(NEW, 2, 100);
    Backlog backlog = Backlog.open(new ForgetfulDisk(), DIRECTORY, Plenty.EDGE);
    List<FrameId> twice = List.of(one, two, one, two, one);
    assertHoldsAll(backlog, written(backlog.seal(Lane.EVENT, twice.reversed(), plenty)).id());
  }

  @Test
  void neverGivesAnIdTwice() throws IOException {
    plenty.add(NEW, 1, 100);
    ForgetfulDisk disk = new ForgetfulDisk();
    Set<Long> ids = new HashSet<>();
    long before = 0;
    for (int start = 0; start < 20; start++) {
      Backlog backlog = Backlog.open(disk, DIRECTORY, Plenty.EDGE);
      long id = seal(backlog).id();
      assertTrue(ids.add(id));
      long next = seal(backlog).id();
      assertTrue(ids.add(next) && next > id, "a later file has a greater id");
      assertTrue(start % 2 == 0 || id > before, "also after a restart, while older ones are there");
      before = next;
      if (start % 2 == 1) {
        for (FileInfo file : backlog.files()) {
          backlog.delete(file.id());
        }
      }
    }
  }

  @Test
  void leavesFilesOfStrangersAlone() throws IOException {
    plenty.add(NEW, 1, 100);
    ForgetfulDisk disk = new ForgetfulDisk();
    List<Path> strangers = new ArrayList<>();
    for (String name : List.of("notes.txt", "x.tmp", "0123-window.mapdb", "lost+found")) {
      strangers.add(DIRECTORY.resolve(name));
    }
    strangers.add(DIRECTORY.resolve("0000000000000001-fast.mapdb"));
    strangers.forEach(file -> disk.put(file, new byte[] {1, 2, 3}));
    Path incomplete = DIRECTORY.resolve("0000000000000001-window.mapdb.tmp");
    disk.put(incomplete, new byte[] {1, 2, 3});
    Path greatest = DIRECTORY.resolve("7fffffffffffffff-window.mapdb");
    disk.put(greatest, new byte[] {4});
    Backlog backlog = Backlog.open(disk, DIRECTORY, Plenty.EDGE);
    BacklogFile file = seal(backlog);
    assertEquals(
        List.of(file.id(), Long.MAX_VALUE), backlog.files().stream().map(FileInfo::id).toList());
    assertEquals(Soundness.DAMAGED, backlog.contents(Long.MAX_VALUE).soundness());
    List<Path> left = disk.list(DIRECTORY);
    assertTrue(left.containsAll(strangers), left.toString());
    assertTrue(!left.contains(incomplete), "what was incomplete is gone");
    assertEquals(strangers.size() + 2, left.size());
  }

  @Test
  void refusesFilesOfAnotherEdge() throws IOException {
    FrameId id = plenty.add(NEW, 1, 100);
    ForgetfulDisk disk = new ForgetfulDisk();
    long file = seal(Backlog.open(disk, DIRECTORY, Plenty.EDGE)).id();
    Backlog other = Backlog.open(disk, DIRECTORY, "pi-8");
    Contents contents = other.contents(file);
    assertEquals(Soundness.FOREIGN, contents.soundness());
    assertEquals(List.of(), contents.file().frames());
    assertThrows(FrameLost.class, () -> other.read(file, id));
    assertEquals(1, disk.list(DIRECTORY).size(), "it stays where it is");
  }

  /** A file without intact ends is told apart by its frames. */
  @Test
  void refusesFramesOfAnotherEdgeInAFileThatDoesNotSayWhoseItIs() throws IOException {
    FrameId id = plenty.add(NEW, 1, 100);
    ForgetfulDisk disk = new ForgetfulDisk();
    long file = seal(Backlog.open(disk, DIRECTORY, Plenty.EDGE)).id();
    Path path = FileNames.file(DIRECTORY, file, Lane.EVENT);
    byte[] bytes = disk.bytes(path);
    bytes[20] ^= 1;
    bytes[bytes.length - 1] ^= 1;
    disk.put(path, bytes);
    Backlog other = Backlog.open(disk, DIRECTORY, "pi-8");
    assertEquals(List.of(id), other.contents(file).unaccounted());
    assertThrows(FrameLost.class, () -> other.read(file, id));
    Backlog own = Backlog.open(disk, DIRECTORY, Plenty.EDGE);
    assertEquals(List.of(plenty.sealed(id)), own.contents(file).file().frames());
    assertArrayEquals(plenty.frames.get(id), own.read(file, id));
  }

  @Test
  void keepsFewFilesOpenAndNoneForLong() throws IOException {
    FrameId id = plenty.add(NEW, 1, 100);
    AtomicLong nanos = new AtomicLong();
    FaultyDisk disk = new FaultyDisk(new ForgetfulDisk());
    Backlog backlog = Backlog.open(disk, DIRECTORY, Plenty.EDGE, nanos::get);
    List<Long> files = new ArrayList<>();
    for (int i = 0; i < OpenFiles.MOST + 2; i++) {
      files.add(seal(backlog).id());
    }
    assertEquals(0, backlog.openFiles(), "opened when they are needed");
    for (long file : files) {
      backlog.read(file, id);
    }
    assertEquals(OpenFiles.MOST, backlog.openFiles());
    long opened = disk.count(Operation.OPEN);
    backlog.read(files.getLast(), id);
    assertEquals(opened, disk.count(Operation.OPEN), "the last one is open still");
    nanos.addAndGet(Duration.ofSeconds(OpenFiles.IDLE_SECONDS + 1).toNanos());
    backlog.closeIdle();
    assertEquals(0, backlog.openFiles());
    assertArrayEquals(plenty.frames.get(id), backlog.read(files.getFirst(), id));
    backlog.close();
    assertEquals(0, backlog.openFiles());
  }

  @Test
  void readsOnAfterAnInterruptClosedTheFile(@TempDir Path directory) throws IOException {
    FrameId id = plenty.add(NEW, 1, 100_000);
    try (Backlog backlog = Backlog.open(new NioDisk(), directory, Plenty.EDGE)) {
      long file = seal(backlog).id();
      Thread.currentThread().interrupt();
      IOException refused = assertThrows(IOException.class, () -> backlog.read(file, id));
      assertTrue(Thread.interrupted());
      assertNotEquals(FrameLost.class, refused.getClass(), "nothing is lost for that");
      assertArrayEquals(plenty.frames.get(id), backlog.read(file, id));
    }
  }

  /** J8: what was written is read back before it counts. */
  @Test
  void sealsNothingThatReadsBackDifferently() throws IOException {
    for (int number = 1; number <= 30; number++) {
      plenty.add(NEW, number, 2000);
    }
    ForgetfulDisk forgetful = new ForgetfulDisk();
    FaultyDisk disk = new FaultyDisk(forgetful);
    Backlog backlog = Backlog.open(disk, DIRECTORY, Plenty.EDGE);
    long bytes = seal(backlog).bytes();
    Path good = forgetful.list(DIRECTORY).getFirst();
    for (long offset = 0; offset < bytes; offset += 2999) {
      int at = (int) offset;
      AtomicLong opened = new AtomicLong();
      disk.fault(
          operation -> {
            if (operation == Operation.OPEN && opened.getAndIncrement() == 0) {
              flipInIncompleteFile(forgetful, at);
            }
          });
      assertThrows(IOException.class, () -> seal(backlog), "flipped at " + offset);
      assertEquals(List.of(good), forgetful.list(DIRECTORY));
      assertEquals(1, backlog.files().size());
    }
    disk.heal();
    assertHoldsAll(backlog, seal(backlog).id());
  }

  private static void flipInIncompleteFile(ForgetfulDisk disk, int offset) throws IOException {
    for (Path file : disk.list(DIRECTORY)) {
      if (FileNames.isTemporary(file)) {
        byte[] bytes = disk.bytes(file);
        bytes[offset] ^= 4;
        disk.put(file, bytes);
      }
    }
  }

  @Test
  void deletesWholeFiles() throws IOException {
    FrameId id = plenty.add(NEW, 1, 100);
    ForgetfulDisk disk = new ForgetfulDisk();
    Backlog backlog = Backlog.open(disk, DIRECTORY, Plenty.EDGE);
    long first = seal(backlog).id();
    long second = seal(backlog).id();
    backlog.read(first, id);
    backlog.delete(first);
    backlog.delete(first);
    assertEquals(List.of(second), backlog.files().stream().map(FileInfo::id).toList());
    assertThrows(FrameLost.class, () -> backlog.read(first, id));
    assertThrows(FrameLost.class, () -> backlog.contents(first));
    disk.restart(new SplittableRandom(3));
    assertEquals(1, Backlog.open(disk, DIRECTORY, Plenty.EDGE).files().size());
  }

  @Test
  void setsFilesAsideWithinBounds() throws IOException {
    plenty.add(NEW, 1, 100);
    ForgetfulDisk disk = new ForgetfulDisk();
    Backlog backlog = Backlog.open(disk, DIRECTORY, Plenty.EDGE);
    Path folder = DIRECTORY.resolve(FileNames.DAMAGED);
    Path note = folder.resolve("note.txt");
    disk.put(note, new byte[1]);
    List<Long> ids = new ArrayList<>();
    for (int i = 0; i < SetAside.MOST_FILES + 3; i++) {
      ids.add(seal(backlog).id());
      backlog.setAside(ids.getLast());
    }
    assertEquals(List.of(), backlog.files());
    List<Path> left = new ArrayList<>(disk.list(folder));
    assertTrue(left.remove(note));
    List<Path> newest =
        ids.subList(3, ids.size()).stream()
            .map(id -> FileNames.file(folder, id, Lane.EVENT))
            .toList();
    assertEquals(newest, left.stream().sorted().toList());
    Backlog again = Backlog.open(disk, DIRECTORY, Plenty.EDGE);
    assertTrue(seal(again).id() > ids.getLast());
  }
}
