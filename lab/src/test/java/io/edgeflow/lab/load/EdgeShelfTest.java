package io.edgeflow.lab.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.gateway.outbox.BacklogOrder;
import io.edgeflow.gateway.outbox.OutgoingFrame;
import io.edgeflow.gateway.outbox.PageRequest;
import io.edgeflow.wire.document.Acknowledgement;
import io.edgeflow.wire.document.Fate;
import io.edgeflow.wire.document.FateRange;
import io.edgeflow.wire.document.HeldLane;
import io.edgeflow.wire.document.IncarnationVerdicts;
import io.edgeflow.wire.document.LaneVerdicts;
import io.edgeflow.wire.document.Verdict;
import io.edgeflow.wire.document.VerdictRange;
import io.edgeflow.wire.frame.Decoded;
import io.edgeflow.wire.frame.FrameCodec;
import io.edgeflow.wire.frame.Incarnation;
import io.edgeflow.wire.frame.Lane;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** The book of an edge under a cloud that loses, repeats and reorders what it says. */
final class EdgeShelfTest {
  private static final long START = 1_763_672_400_000_000L;
  private static final int STEPS = 1_500;

  private final long seed = new Random().nextInt(1_000_000);
  private final Random random = new Random(seed);
  private final Incarnation incarnation = Incarnation.random(random);
  private EdgeShelf shelf = shelf(1 << 20);

  /** What the cloud's database holds: numbers and their readings. */
  private final NavigableMap<Long, Long> database = new TreeMap<>();

  private final List<Acknowledgement> underWay = new ArrayList<>();
  private long minutes;

  private EdgeShelf shelf(long bytes) {
    var plant = new PlantFrames("load-1", incarnation, 3, seed);
    return new EdgeShelf(incarnation, plant, bytes, new Lags());
  }

  @RepeatedTest(5)
  void theBookIsTheCloudsInTheEndWhateverBecameOfItsWords() throws Exception {
    for (int step = 0; step < STEPS; step++) {
      switch (random.nextInt(7)) {
        case 0 -> shelf.windows(START + minutes++ * PlantFrames.MINUTE, true);
        case 1 -> send(1 + random.nextInt(5), 0.7);
        case 2, 3 -> underWay.add(acknowledgement(false, someOf(database)));
        case 4 -> hearOne();
        case 5 -> hear(lie());
        default -> restoreOrGreet();
      }
      everyNumberIsHere();
    }
    for (int round = 0; round < 5; round++) {
      send(10_000, 1);
      hear(acknowledgement(true, List.copyOf(database.keySet())));
    }
    var book = shelf.book(Lane.WINDOW);
    assertEquals(0, shelf.pending(), "seed " + seed);
    long readings = database.values().stream().mapToLong(Long::longValue).sum();
    assertEquals(new Amount(minutes, readings), book.settled(Fate.COMMITTED), "seed " + seed);
    assertEquals(book.framed(), book.settled(Fate.COMMITTED), "seed " + seed);
    assertTrue(minutes > STEPS / 20, "too few to prove anything");
  }

  /** Whatever is named that was not sent stays. */
  @Test
  void aFrameThatWasNeverSentIsNotTakenForCommitted() {
    shelf.windows(START, true);
    hear(acknowledgement(false, List.of(1L)));
    assertEquals(1, shelf.pending());
  }

  @Test
  void theOldestGoesWhereThereIsNoRoomAndIsToldAsDropped() {
    shelf = shelf(1_500);
    for (int i = 0; i < 50; i++) {
      shelf.windows(START + i * PlantFrames.MINUTE, false);
    }
    HeldLane held = shelf.account().join().getFirst().lanes().getLast();
    FateRange dropped = held.fates().getFirst();
    assertEquals(Fate.DROPPED, dropped.fate());
    assertEquals(1, dropped.from());
    assertEquals(50 - shelf.pending(), dropped.to());
    assertTrue(shelf.pending() > 0 && shelf.book(Lane.WINDOW).pendingBytes() <= 1_500);
  }

  private void send(int most, double arrives) throws Exception {
    var page = new PageRequest(Lane.WINDOW, BacklogOrder.OLDEST, null, most);
    List<OutgoingFrame> frames = new ArrayList<>();
    shelf.page(page, found -> frames.addAll(found.frames()));
    for (OutgoingFrame frame : frames) {
      byte[] bytes = shelf.read(frame);
      if (random.nextDouble() < arrives) {
        var decoded = (Decoded.Accepted) FrameCodec.decode(bytes);
        assertEquals(frame.id(), decoded.frame().id());
        database.put(frame.id().number(), decoded.frame().readings());
      }
    }
  }

  /** Any of those that were said, in any order; some are said again, and some never. */
  private void hearOne() {
    if (!underWay.isEmpty()) {
      int which = random.nextInt(underWay.size());
      Acknowledgement said = underWay.get(which);
      if (random.nextInt(3) > 0) {
        underWay.remove(which);
      }
      if (random.nextInt(3) > 0) {
        hear(said);
      }
    }
  }

  /** The database forgets, as one that was put back does; or it does not. */
  private void restoreOrGreet() {
    if (random.nextInt(10) == 0) {
      database.keySet().removeIf(number -> random.nextInt(4) == 0);
    }
    hear(acknowledgement(true, List.copyOf(database.keySet())));
  }

  /** Of another incarnation, or of numbers that are none yet. */
  private Acknowledgement lie() {
    var far = new VerdictRange(minutes + 1, minutes + 100, Verdict.COMMITTED, "");
    var near = new VerdictRange(1, minutes + 100, Verdict.REFUSED, "");
    return random.nextBoolean()
        ? acknowledgement(false, incarnation, List.of(far))
        : acknowledgement(false, Incarnation.random(random), List.of(near));
  }

  private void hear(Acknowledgement said) {
    shelf.settle(said).join();
    if (said.full()) {
      shelf.reconcile(said).join();
    }
  }

  private List<Long> someOf(NavigableMap<Long, Long> numbers) {
    return numbers.keySet().stream().filter(number -> random.nextBoolean()).toList();
  }

  private Acknowledgement acknowledgement(boolean full, List<Long> committed) {
    List<VerdictRange> ranges =
        committed.stream().map(n -> new VerdictRange(n, n, Verdict.COMMITTED, "")).toList();
    return acknowledgement(full, incarnation, ranges);
  }

  private static Acknowledgement acknowledgement(
      boolean full, Incarnation of, List<VerdictRange> ranges) {
    var lane = new LaneVerdicts(Lane.WINDOW, ranges);
    return new Acknowledgement(
        full, "1/1", 0, 1 << 20, 1, List.of(new IncarnationVerdicts(of, List.of(lane))));
  }

  private void everyNumberIsHere() {
    HeldLane held = shelf.account().join().getFirst().lanes().getLast();
    long fated = held.fates().stream().mapToLong(f -> f.to() - f.from() + 1).sum();
    assertEquals(minutes, held.highest());
    assertEquals(minutes, fated + shelf.pending(), "seed " + seed);
  }
}
