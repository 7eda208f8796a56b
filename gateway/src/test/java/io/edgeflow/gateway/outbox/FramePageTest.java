package io.edgeflow.gateway.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.gateway.journal.LogPosition;
import io.edgeflow.wire.document.Fate;
import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.frame.Incarnation;
import io.edgeflow.wire.frame.Lane;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Pages hold what waits, in either order, whatever happened to the frames before. */
final class FramePageTest {
  private final FrameLedger ledger = new FrameLedger();

  /** In order of numbering, over every incarnation. */
  private final List<FrameId> made = new ArrayList<>();

  @Test
  void readsWhatWaitsAndNothingElseInBothOrders() {
    long seed = Long.getLong("edgeflow.seed", System.nanoTime());
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 400; round++) {
      change(random);
      Lane lane = Lane.ofCode(random.nextInt(3)).orElseThrow();
      List<FrameId> waiting = waiting(lane);
      int most = 1 + random.nextInt(70);
      assertEquals(waiting, readAll(lane, BacklogOrder.OLDEST, most), () -> "seed " + seed);
      assertEquals(
          waiting.reversed(), readAll(lane, BacklogOrder.NEWEST, most), () -> "seed " + seed);
    }
    assertTrue(made.size() > 1000, "hardly anything was made");
  }

  /** The sweep goes on where it was, although the frame that it ended with is settled meanwhile. */
  @Test
  void goesOnBehindAFrameThatWaitsNoMore() {
    ledger.begin(new Incarnation(1, 1), null);
    for (int i = 0; i < 10; i++) {
      make(Lane.WINDOW, true);
    }
    FramePage first = ledger.page(new PageRequest(Lane.WINDOW, BacklogOrder.OLDEST, null, 4));
    FrameId last = first.frames().getLast().id();
    ledger.settle(last.incarnation(), Lane.WINDOW, 1, 4, Fate.COMMITTED);
    FramePage next = ledger.page(new PageRequest(Lane.WINDOW, BacklogOrder.OLDEST, last, 6));
    assertEquals(List.of(5L, 6L, 7L, 8L, 9L, 10L), numbers(next));
    assertTrue(next.last());
  }

  /** J5: a frame whose record is not synced is on no page. */
  @Test
  void leavesOutWhatIsNotSynced() {
    ledger.begin(new Incarnation(1, 1), null);
    make(Lane.WINDOW, true);
    make(Lane.WINDOW, false);
    make(Lane.WINDOW, true);
    for (BacklogOrder order : BacklogOrder.values()) {
      FramePage page = ledger.page(new PageRequest(Lane.WINDOW, order, null, 9));
      assertEquals(2, page.frames().size());
      assertTrue(page.last());
    }
  }

  @Test
  void beginsAnewBehindAnIncarnationThatIsForgotten() {
    ledger.begin(new Incarnation(1, 1), null);
    make(Lane.WINDOW, true);
    FrameId after = new FrameId(new Incarnation(7, 7), Lane.WINDOW, 3);
    assertEquals(
        List.of(1L),
        numbers(ledger.page(new PageRequest(Lane.WINDOW, BacklogOrder.NEWEST, after, 9))));
  }

  private void change(Random random) {
    if (random.nextInt(20) == 0 || ledger.current() == null) {
      ledger.begin(new Incarnation(5, made.size() + 1L), ledger.newest());
    }
    for (int i = random.nextInt(20); i > 0; i--) {
      make(Lane.ofCode(random.nextInt(3)).orElseThrow(), random.nextInt(10) > 0);
    }
    for (int i = random.nextInt(3); i > 0 && !made.isEmpty(); i--) {
      FrameId first = made.get(random.nextInt(made.size()));
      long to = first.number() + random.nextInt(40);
      ledger.settle(first.incarnation(), first.lane(), first.number(), to, Fate.COMMITTED);
    }
    if (random.nextInt(4) == 0 && !made.isEmpty()) {
      FrameId any = made.get(random.nextInt(made.size()));
      if (ledger.knows(any)) {
        ledger.reopen(any);
      }
    }
  }

  private void make(Lane lane, boolean synced) {
    FrameId id = ledger.next(lane).id();
    ledger.numbered(new NewFrame(id, made.size(), 100, 1, id.number(), Grain.FIXED));
    made.add(id);
    if (synced) {
      ledger.placed(id, new FramePlace.InSegment(new LogPosition(1, made.size(), 100)));
    }
  }

  private List<FrameId> waiting(Lane lane) {
    return made.stream()
        .filter(id -> id.lane() == lane)
        .filter(id -> ledger.knows(id) && ledger.pending(id) != null)
        .toList();
  }

  private List<FrameId> readAll(Lane lane, BacklogOrder order, int most) {
    List<FrameId> read = new ArrayList<>();
    FrameId after = null;
    for (FramePage page = page(lane, order, after, most); ; page = page(lane, order, after, most)) {
      assertTrue(page.frames().size() <= most);
      page.frames().forEach(frame -> read.add(frame.id()));
      if (page.last()) {
        return read;
      }
      assertEquals(most, page.frames().size());
      after = page.frames().getLast().id();
    }
  }

  private FramePage page(Lane lane, BacklogOrder order, @Nullable FrameId after, int most) {
    return ledger.page(new PageRequest(lane, order, after, most));
  }

  private static List<Long> numbers(FramePage page) {
    return page.frames().stream().map(frame -> frame.id().number()).toList();
  }
}
