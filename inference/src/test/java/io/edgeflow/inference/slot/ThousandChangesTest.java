package io.edgeflow.inference.slot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.inference.runtime.ResidentPages;
import io.edgeflow.inference.runtime.ScoringException;
import io.edgeflow.inference.slot.Change.Switched;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real models change places while several threads score. Each model adds its own version to a row,
 * so a score tells which model gave it, whatever it is attributed to.
 */
final class ThousandChangesTest {
  private static final int THREADS = 4;
  private static final int WARM_UP = 200;
  private static final int CHANGES = 1000;

  /** 7 to 14 MiB were measured, of which the Java heap is a part; 105 with sessions that stay. */
  private static final long BOUND = 32L << 20;

  @TempDir Path directory;
  private final long seed = new Random().nextLong();
  private final Slot slot = new Slot("anomaly");
  private final AtomicBoolean stop = new AtomicBoolean();
  private final AtomicLong offered = new AtomicLong();
  private final AtomicLong answered = new AtomicLong();
  private final AtomicReference<String> fault = new AtomicReference<>("");
  private final List<Thread> load = new ArrayList<>();
  private TestModels models;

  @BeforeEach
  void setUp() throws Exception {
    models = new TestModels(directory);
    slot.prepare(models.plus(0));
    slot.promote();
    for (int i = 0; i < THREADS; i++) {
      var random = new Random(seed + i);
      load.add(Thread.ofPlatform().name("load-" + i).start(() -> scoreOn(random)));
    }
  }

  @AfterEach
  void end() throws Exception {
    stop.set(true);
    for (Thread thread : load) {
      thread.join();
    }
    slot.close();
  }

  @Test
  void nothingIsUnscoredOrScoredTwiceOrByAClosedModel() throws Exception {
    var random = new Random(seed);
    for (int i = 1; i <= WARM_UP; i++) {
      change(i, random);
    }
    long before = resident();
    for (int i = WARM_UP + 1; i <= WARM_UP + CHANGES; i++) {
      change(i, random);
    }
    long grown = resident() - before;
    end();

    String said = "seed %d, %d rows".formatted(seed, offered.get());
    System.out.printf("%d changes: resident memory %+d KiB, %s%n", CHANGES, grown >> 10, said);
    assertEquals("", fault.get(), said);
    assertEquals(offered.get(), answered.get(), said);
    assertEquals(offered.get(), models.scored.get(), "rows that models scored, " + said);
    assertEquals(0, models.calledClosed.get(), said);
    assertEquals(0, models.open.get(), said);
    assertTrue(grown < BOUND, () -> "grown by " + grown + " bytes, " + said);
  }

  /** Some with a shadow, some settled, some undone. Each model serves some rows. */
  private void change(int version, Random random) throws Exception {
    assertInstanceOf(Change.Prepared.class, slot.prepare(models.plus(version)));
    if (random.nextInt(4) == 0) {
      assertInstanceOf(Change.Shadowed.class, slot.shadow());
      awaitRows();
    }
    assertInstanceOf(Switched.class, slot.promote());
    awaitRows();
    switch (random.nextInt(4)) {
      case 0 -> assertInstanceOf(Switched.class, slot.back());
      case 1 -> assertInstanceOf(Change.Dropped.class, slot.settle());
      default -> assertEquals("", fault.get());
    }
  }

  private void awaitRows() throws InterruptedException {
    long seen = answered.get();
    SlotTest.await(() -> answered.get() > seen || !fault.get().isEmpty());
  }

  /** Once only the models that shall be are open. */
  private long resident() throws Exception {
    SlotTest.await(() -> models.open.get() <= 2);
    return ResidentPages.known() ? ResidentPages.bytes() : 0;
  }

  private void scoreOn(Random random) {
    float next = random.nextInt(1000);
    while (!stop.get() && fault.get().isEmpty()) {
      float[] rows = new float[1 + random.nextInt(8)];
      for (int i = 0; i < rows.length; i++) {
        // Whole numbers of which floats tell each from the next, also with a version added.
        next = (next + 1) % (1 << 20);
        rows[i] = next;
      }
      offered.addAndGet(rows.length);
      try {
        check(rows, slot.score(Rows.same(rows, rows.length)));
      } catch (ScoringException | RuntimeException e) {
        fault.set("unscored: " + e);
      }
      LockSupport.parkNanos(20_000);
    }
  }

  private void check(float[] rows, Scores scores) {
    int version = Integer.parseInt(scores.by().model().version());
    for (int i = 0; i < rows.length; i++) {
      if (scores.value(i, 0) != rows[i] + version) {
        fault.set("%s scored by %s: %s".formatted(rows[i], scores.by(), scores.value(i, 0)));
      }
    }
    answered.addAndGet(rows.length);
  }
}
