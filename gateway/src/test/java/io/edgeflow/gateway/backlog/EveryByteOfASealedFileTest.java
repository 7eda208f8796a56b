package io.edgeflow.gateway.backlog;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.gateway.disk.ForgetfulDisk;
import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.frame.Incarnation;
import io.edgeflow.wire.frame.Lane;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * J8: whatever byte of a sealed file is flipped and wherever it is cut off, every frame that was
 * not touched is read, and those that were are named. All of the ends and every head of a piece are
 * flipped, of the rest a sample; repeat with -Dedgeflow.backlog.seed, try all with
 * -Dedgeflow.backlog.stride=1.
 */
@Execution(ExecutionMode.CONCURRENT)
final class EveryByteOfASealedFileTest {
  private static final Logger LOG = LoggerFactory.getLogger(EveryByteOfASealedFileTest.class);
  private static final Path DIRECTORY = Path.of("/backlog");
  private static final int STRIDE = Integer.getInteger("edgeflow.backlog.stride", 150);

  private final long seed = Long.getLong("edgeflow.backlog.seed", new Random().nextLong(1L << 40));
  private final SplittableRandom random = new SplittableRandom(seed);
  private final Plenty plenty = new Plenty(random);
  private byte[] intact = new byte[0];
  private long file;

  /** Where each byte of a frame lies in the file: stretches of its pieces. */
  private final List<Stretch> stretches = new ArrayList<>();

  private record Stretch(FrameId id, int from, int to) {}

  @BeforeEach
  void sealASmallFile() throws IOException {
    LOG.info("seed {}", seed);
    for (int number = 1; number <= 12; number++) {
      plenty.add(new Incarnation(number % 2, 2), number, number == 5 ? 130_000 : 300 * number);
    }
    ForgetfulDisk disk = new ForgetfulDisk();
    Backlog backlog = Backlog.open(disk, DIRECTORY, Plenty.EDGE);
    file = Objects.requireNonNull(backlog.seal(Lane.EVENT, plenty.ids(), plenty).file()).id();
    intact = disk.bytes(FileNames.file(DIRECTORY, file, Lane.EVENT));
    for (int at = 0; at < intact.length; at++) {
      int from = at;
      PieceHead.parse(intact, at)
          .ifPresent(
              head ->
                  stretches.add(
                      new Stretch(head.id(), from, from + PieceHead.BYTES + head.bytes())));
    }
    assertEquals(12 + 2, stretches.size(), "one frame has three pieces");
  }

  /** The catalogue has about 700 bytes, and the end of the file about 100 more. */
  private boolean worthTrying(int offset) {
    boolean ends = offset < 850 || offset > intact.length - 850;
    boolean head =
        stretches.stream().anyMatch(s -> offset >= s.from && offset < s.from + PieceHead.BYTES);
    return ends || head || random.nextInt(STRIDE) == 0;
  }

  @Test
  void aFlippedByteCostsAtMostTheFrameItHits() throws IOException {
    int tried = 0;
    for (int offset = 0; offset < intact.length; offset++) {
      if (worthTrying(offset)) {
        byte[] flipped = intact.clone();
        flipped[offset] ^= (byte) (1 << random.nextInt(8));
        assertCostsOnlyWhatWasTouched(flipped, "flipped at " + offset);
        tried++;
      }
    }
    assertTrue(tried > 2500, "only " + tried);
  }

  @Test
  void aCutCostsOnlyWhatWasBehindIt() throws IOException {
    for (int length = 0; length < intact.length; length++) {
      if (worthTrying(length) && (random.nextInt(4) == 0 || STRIDE == 1)) {
        byte[] cut = Arrays.copyOf(intact, length);
        assertCostsOnlyWhatWasTouched(cut, "cut at " + length);
      }
    }
  }

  /** Whole sectors of zeros or of garbage, as flash gives them back. */
  @Test
  void aLostSectorCostsOnlyTheFramesInIt() throws IOException {
    int every = STRIDE == 1 ? 1 : 5;
    for (int sector = random.nextInt(every); sector * 512 < intact.length; sector += every) {
      int from = sector * 512;
      int to = Math.min(intact.length, from + 512);
      byte[] zeroed = intact.clone();
      Arrays.fill(zeroed, from, to, (byte) 0);
      byte[] garbage = intact.clone();
      for (int i = from; i < to; i++) {
        garbage[i] = (byte) random.nextInt();
      }
      assertCostsOnlyWhatWasTouched(garbage, "garbage at " + from);
      if (!Arrays.equals(zeroed, intact)) {
        assertCostsOnlyWhatWasTouched(zeroed, "zeros at " + from);
      }
    }
  }

  private void assertCostsOnlyWhatWasTouched(byte[] damaged, String name) throws IOException {
    ForgetfulDisk disk = new ForgetfulDisk();
    disk.put(FileNames.file(DIRECTORY, file, Lane.EVENT), damaged);
    Backlog backlog = Backlog.open(disk, DIRECTORY, Plenty.EDGE);
    Set<FrameId> lost = new HashSet<>();
    for (FrameId id : plenty.ids()) {
      boolean touched = stretches.stream().anyMatch(s -> s.id.equals(id) && isTouched(damaged, s));
      if (touched) {
        assertThrows(FrameLost.class, () -> backlog.read(file, id), name);
        lost.add(id);
      } else {
        assertArrayEquals(plenty.frames.get(id), backlog.read(file, id), name);
      }
    }
    assertNames(backlog.verify(file), lost, damaged.length < intact.length, name);
  }

  /** By chance a byte of garbage may be what was there. */
  private boolean isTouched(byte[] damaged, Stretch stretch) {
    return stretch.to > damaged.length
        || !Arrays.equals(damaged, stretch.from, stretch.to, intact, stretch.from, stretch.to);
  }

  /**
   * The missing are named with their readings, as long as one catalogue is left; one is, but where
   * the front of the file is cut off as well.
   */
  private void assertNames(Contents contents, Set<FrameId> lost, boolean cut, String name) {
    assertEquals(Soundness.DAMAGED, contents.soundness(), name);
    List<SealedFrame> whole =
        plenty.ids().stream().filter(id -> !lost.contains(id)).map(plenty::sealed).toList();
    assertEquals(whole, contents.file().frames(), name);
    if (cut && intactBytes(contents) < Catalogue.bytes(Plenty.EDGE, plenty.ids().size())) {
      assertEquals(List.of(), contents.missing(), name);
    } else {
      assertEquals(
          plenty.ids().stream().filter(lost::contains).map(plenty::sealed).toList(),
          contents.missing(),
          name);
      assertEquals(List.of(), contents.unaccounted(), name);
    }
  }

  private static long intactBytes(Contents contents) {
    return contents.file().bytes();
  }

  /** Both ends are gone: frames with a damaged piece are named, the others are read. */
  @Test
  void framesSpeakForThemselvesWhereNoCatalogueIsLeft() throws IOException {
    byte[] damaged = intact.clone();
    damaged[30] ^= 1;
    damaged[damaged.length - 1] ^= 1;
    Stretch hit = stretches.get(3);
    damaged[hit.to - 1] ^= 1;
    ForgetfulDisk disk = new ForgetfulDisk();
    disk.put(FileNames.file(DIRECTORY, file, Lane.EVENT), damaged);
    Backlog backlog = Backlog.open(disk, DIRECTORY, Plenty.EDGE);
    Contents contents = backlog.contents(file);
    assertEquals(List.of(hit.id), contents.unaccounted());
    assertEquals(
        plenty.ids().stream().filter(id -> !id.equals(hit.id)).map(plenty::sealed).toList(),
        contents.file().frames());
  }

  /** A disk may fill a file with anything: that costs time, but no sense and no memory. */
  @Test
  void anyGarbageIsRead() throws IOException {
    for (int run = 0; run < 300; run++) {
      byte[] garbage = intact.clone();
      switch (run % 3) {
        case 0 -> random.nextBytes(garbage);
        case 1 -> scatter(garbage, random.nextInt(1, 400));
        default -> shuffle(garbage);
      }
      ForgetfulDisk disk = new ForgetfulDisk();
      disk.put(FileNames.file(DIRECTORY, file, Lane.EVENT), garbage);
      Backlog backlog = Backlog.open(disk, DIRECTORY, Plenty.EDGE);
      Contents contents = backlog.verify(file);
      for (SealedFrame frame : contents.file().frames()) {
        assertArrayEquals(plenty.frames.get(frame.id()), backlog.read(file, frame.id()));
      }
    }
  }

  private void scatter(byte[] bytes, int flips) {
    for (int i = 0; i < flips; i++) {
      bytes[random.nextInt(bytes.length)] ^= (byte) random.nextInt(1, 256);
    }
  }

  /** Blocks that are whole and elsewhere. */
  private void shuffle(byte[] bytes) {
    ByteBuffer from = ByteBuffer.wrap(intact);
    int blocks = bytes.length / 4096;
    for (int i = 0; i < blocks; i++) {
      from.get(random.nextInt(blocks) * 4096, bytes, i * 4096, 4096);
    }
  }

  /**
   * Heads that are intact and promise pieces that are not, as densely as can be: the scan must not
   * read the file once for each of them.
   */
  @Test
  void aFileFullOfHeadsIsReadAFewTimesOnly() throws IOException {
    byte[] frame = new byte[PieceHead.MOST_BYTES];
    byte[] full = new byte[1 << 20];
    for (int at = 0; at + PieceHead.BYTES <= full.length; at += PieceHead.BYTES) {
      FrameId id = new FrameId(new Incarnation(1, 2), Lane.EVENT, 1 + at);
      System.arraycopy(PieceHead.piece(file, id, 0, frame), 0, full, at, PieceHead.BYTES);
    }
    ForgetfulDisk disk = new ForgetfulDisk();
    disk.put(FileNames.file(DIRECTORY, file, Lane.EVENT), full);
    Backlog backlog = Backlog.open(disk, DIRECTORY, Plenty.EDGE);
    Contents contents = backlog.contents(file);
    assertEquals(List.of(), contents.file().frames());
    assertTrue(!contents.unaccounted().isEmpty());
    long read = disk.bytesRead();
    assertTrue(read < 8L * full.length, () -> "read " + read + " bytes of " + full.length);
  }
}
