package io.edgeflow.gateway.recorder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.gateway.capture.Submission;
import io.edgeflow.gateway.disk.FaultyDisk;
import io.edgeflow.gateway.disk.FaultyDisk.Operation;
import io.edgeflow.gateway.disk.ForgetfulDisk;
import io.edgeflow.gateway.disk.NioDisk;
import io.edgeflow.gateway.outbox.Grain;
import io.edgeflow.gateway.outbox.LaneFigures;
import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.frame.Lane;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What must come before what when room is made (J7, J8). */
final class SpaceOrderTest {
  private static final long BUDGET = 768 << 10;
  private static final long HELD_NANOS = 20_000_000;
  private static final long DAY = 24 * 3600 * Edge.SECOND;

  @TempDir Path temp;

  private final FaultyDisk disk = new FaultyDisk(new NioDisk());
  private final Outage outage = new Outage(new Random(7), 60);

  /**
   * J8: while the record is not synced that says where frames lie now, or that a coarse one carries
   * their readings, nothing that they left is deleted.
   */
  @Test
  void deletesNothingBeforeTheRecordThatFreesItIsSynced() throws Exception {
    AtomicInteger early = new AtomicInteger();
    AtomicInteger held = new AtomicInteger();
    AtomicBoolean holding = new AtomicBoolean();
    try (Edge edge = Edge.withBudget(temp.resolve("a"), disk, BUDGET, Edge.START_MICROS)) {
      AtomicLong known = new AtomicLong();
      disk.fault(
          operation -> {
            String thread = Thread.currentThread().getName();
            if (operation == Operation.FORCE && thread.equals("journal-sync")) {
              long now = moved(edge);
              if (known.getAndSet(now) != now) {
                held.getAndIncrement();
                holding.set(true);
                LockSupport.parkNanos(HELD_NANOS);
                holding.set(false);
              }
            } else if (operation == Operation.DELETE && thread.equals("edgeflow-space")) {
              early.addAndGet(holding.get() ? 1 : 0);
            }
          });
      outageUntilDropped(edge);
      disk.heal();
    }
    assertTrue(held.get() > 0, "nothing was moved");
    assertEquals(0, early.get(), "deleted too early");
  }

  /**
   * J8, J10: what a verdict freed stays until the verdict is synced. Without it, a start after a
   * power cut would hold frames for dropped that the cloud has.
   */
  @Test
  void deletesNothingBeforeTheVerdictThatFreesItIsSynced() throws Exception {
    Path directory = Path.of("/data/journal");
    ForgetfulDisk forgetful = new ForgetfulDisk();
    FaultyDisk faulty = new FaultyDisk(forgetful);
    CountDownLatch goOn = new CountDownLatch(1);
    Edge edge = Edge.withBudget(directory, faulty, BUDGET, Edge.START_MICROS);
    try {
      while (files(edge) == 0 && outage.minutes() < 3_000) {
        outage.minutes(edge, 50);
        edge.awaitQuiet();
      }
      faulty.fault(operation -> stallSyncs(operation, goOn));
      commitAll(edge);
      // By now all of it is old enough to go.
      edge.pass(3 * DAY);
      for (int look = 0; look < 10; look++) {
        edge.pass(6 * Edge.SECOND);
        edge.figures();
        LockSupport.parkNanos(HELD_NANOS);
      }
    } finally {
      forgetful.cutAfter(0);
      goOn.countDown();
      edge.recorder.close();
    }
    faulty.heal();
    forgetful.restart(new Random(7));

    try (Edge next = Edge.withBudget(directory, faulty, BUDGET, Edge.START_MICROS + 4 * DAY)) {
      LaneFigures lane = Outage.lane(next.figures(), Lane.WINDOW);
      assertEquals(0, lane.dropped().frames(), "deleted before the verdicts were synced: " + lane);
      Outage.assertBalanced(next.figures(), "after the power cut");
    }
  }

  private static int files(Edge edge) {
    return edge.recorder.onOwner(state -> state.frames.files().size()).join();
  }

  private static void commitAll(Edge edge) {
    // To read is to send, and only on what was sent a verdict counts.
    edge.pendingFrames().keySet().stream()
        .map(id -> edge.recorder.outbox().settle(Verdicts.committed(id)))
        .forEach(CompletableFuture::join);
  }

  private static void stallSyncs(Operation operation, CountDownLatch goOn) {
    if (operation == Operation.FORCE && Thread.currentThread().getName().equals("journal-sync")) {
      try {
        goOn.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Grows with every frame that moved into a file or was merged. */
  private static long moved(Edge edge) {
    return edge.recorder
        .onOwner(
            state -> {
              LaneFigures lane = Objects.requireNonNull(state.frames.figures().get(Lane.WINDOW));
              long merged = lane.superseded().frames();
              long highest = state.frames.files().stream().mapToLong(f -> f).max().orElse(0);
              return (merged << 32) + highest % (1L << 32);
            })
        .join();
  }

  private void outageUntilDropped(Edge edge) {
    do {
      outage.minutes(edge, 50);
      edge.awaitQuiet();
    } while (Outage.lane(edge.figures(), Lane.WINDOW).dropped().frames() == 0
        && outage.minutes() < 3_000);
  }

  /** J7: what is being merged is not offered, so that it can not be sent and merged. */
  @Test
  void refusesToOfferWhatIsBeingMerged() throws Exception {
    CountDownLatch reading = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    try (Edge edge = Edge.withBudget(temp.resolve("a"), disk, BUDGET, Edge.START_MICROS)) {
      disk.fault(operation -> stallMerging(edge, operation, reading, goOn));
      while (reading.getCount() > 0 && outage.minutes() < 3_000) {
        Submission minute = outage.minute(edge);
        // While the merge is held up, there may be no room for what comes in.
        Edge.await("in, or merging", () -> minute.safe() || reading.getCount() == 0);
        edge.pass(Outage.MINUTE);
      }
      try {
        FrameId id = oldestFine(edge);
        CompletableFuture<Void> offer = edge.recorder.outbox().offer(id);
        CompletionException refused = assertThrows(CompletionException.class, offer::join);
        assertInstanceOf(IllegalStateException.class, refused.getCause());
      } finally {
        goOn.countDown();
      }
      disk.heal();
      edge.awaitQuiet();

      edge.recorder.outbox().offer(newest(edge)).join();
      Outage.assertBalanced(edge.figures(), "at the end");
    }
  }

  private static void stallMerging(
      Edge edge, Operation operation, CountDownLatch reading, CountDownLatch goOn) {
    boolean worker = Thread.currentThread().getName().equals("edgeflow-space");
    if (operation == Operation.READ && worker && isMerging(edge)) {
      reading.countDown();
      try {
        goOn.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static boolean isMerging(Edge edge) {
    return edge.recorder
        .onOwner(SpaceOrderTest::firstFine)
        .join()
        .filter(id -> edge.recorder.isBeingMerged(id).join())
        .isPresent();
  }

  private static Optional<FrameId> firstFine(EdgeState state) {
    List<FrameId> fine = new ArrayList<>();
    state.frames.pending(
        Lane.WINDOW,
        (inFile, home) -> inFile && fine.isEmpty(),
        frame -> {
          if (frame.grain() == Grain.FINE) {
            fine.add(frame.id());
          }
        });
    return fine.stream().findFirst();
  }

  private static FrameId oldestFine(Edge edge) {
    return edge.recorder
        .onOwner(SpaceOrderTest::firstFine)
        .join()
        .orElseThrow(() -> new AssertionError("nothing to be merged"));
  }

  private static FrameId newest(Edge edge) {
    return edge.recorder.onOwner(state -> state.frames.pending().getLast().id()).join();
  }
}
