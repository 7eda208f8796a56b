package io.edgeflow.inference.slot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.edgeflow.inference.runtime.OutOfServiceException;
import io.edgeflow.inference.runtime.TestGraphs;
import io.edgeflow.inference.runtime.TestRuntime;
import io.edgeflow.inference.slot.Change.Dropped;
import io.edgeflow.inference.slot.Change.Prepared;
import io.edgeflow.inference.slot.Change.Refused;
import io.edgeflow.inference.slot.Change.Shadowed;
import io.edgeflow.inference.slot.Change.Switched;
import io.edgeflow.inference.slot.SlotState.Closed;
import io.edgeflow.inference.slot.SlotState.Empty;
import io.edgeflow.inference.slot.SlotState.Loaded;
import io.edgeflow.inference.slot.SlotState.NoCandidate;
import io.edgeflow.inference.slot.SlotState.NoFallback;
import io.edgeflow.inference.slot.SlotState.Proven;
import io.edgeflow.inference.slot.SlotState.Serving;
import io.edgeflow.inference.slot.SlotState.Shadowing;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SlotTest {
  private static final Optional<ComparisonReport> NO_REPORT = Optional.empty();

  @TempDir Path directory;
  private final Slot slot = new Slot("anomaly");
  private TestModels models;

  @BeforeEach
  void setUp() {
    models = new TestModels(directory);
  }

  @AfterEach
  void everythingIsClosed() {
    slot.close();
    assertEquals(0, models.open.get());
    assertEquals(0, models.calledClosed.get());
  }

  @Test
  void anEmptySlotScoresNothing() {
    assertEquals(new Empty(new NoCandidate(), new NoFallback()), slot.state());
    assertThrows(OutOfServiceException.class, () -> score(1));
    assertInstanceOf(Refused.class, slot.promote());
    assertInstanceOf(Refused.class, slot.shadow());
    assertInstanceOf(Refused.class, slot.back());
    assertInstanceOf(Refused.class, slot.settle());
    assertInstanceOf(Refused.class, slot.clear());
    assertInstanceOf(Refused.class, slot.discard());
  }

  @Test
  void eachScoreSaysWhoGaveIt() throws Exception {
    serve(7);

    Scores scores = score(5);

    assertEquals(12, scores.value(0, 0));
    assertEquals(new Attribution("anomaly", new ModelIdentity("plus", "7", "d7")), scores.by());
    assertThrows(IllegalArgumentException.class, () -> scores.value(1, 0));
  }

  @Test
  void aCandidateScoresNothingUntilItIsPromoted() throws Exception {
    serve(1);
    assertEquals(new Prepared(id(2)), slot.prepare(models.plus(2)));
    assertEquals(new Serving(id(1), new Proven(id(2)), new NoFallback()), slot.state());
    assertEquals(11, score(10).value(0, 0));

    assertEquals(new Switched(Optional.of(id(1)), Optional.of(id(2)), NO_REPORT), slot.promote());

    assertEquals(new Serving(id(2), new NoCandidate(), new Loaded(id(1))), slot.state());
    assertEquals(12, score(10).value(0, 0));
  }

  @Test
  void backIsOneStepAndClosesTheNewOne() throws Exception {
    serve(1);
    serve(2);

    assertEquals(new Switched(Optional.of(id(2)), Optional.of(id(1)), NO_REPORT), slot.back());

    assertEquals(11, score(10).value(0, 0));
    await(() -> models.open.get() == 1);
    assertEquals(new Serving(id(1), new NoCandidate(), new NoFallback()), slot.state());
  }

  @Test
  void backLoadsTheOldOneIfItWasClosed() throws Exception {
    serve(1);
    serve(2);
    assertEquals(new Dropped(id(1), NO_REPORT), slot.settle());
    await(() -> models.open.get() == 1);
    assertEquals(new Serving(id(2), new NoCandidate(), new Closed(id(1))), slot.state());

    assertEquals(new Switched(Optional.of(id(2)), Optional.of(id(1)), NO_REPORT), slot.back());

    assertEquals(11, score(10).value(0, 0));
  }

  @Test
  void aThirdModelClosesTheFirst() throws Exception {
    serve(1);
    serve(2);
    serve(3);

    await(() -> models.open.get() == 2);
    assertEquals(new Serving(id(3), new NoCandidate(), new Loaded(id(2))), slot.state());
  }

  @Test
  void whatDoesNotLoadOrProveItselfChangesNothing() throws Exception {
    serve(1);
    SlotModel liar =
        TestModels.model(
            3, () -> TestRuntime.load(directory, TestGraphs.plus(1, 4), TestRuntime.spec(1)));
    assertEquals(new Refused("plus 3 (d3) did not prove itself: 2 gave 6.0"), slot.prepare(liar));
    SlotModel broken =
        TestModels.model(4, () -> TestRuntime.load(directory, new byte[] {1}, TestRuntime.spec(1)));
    assertInstanceOf(Refused.class, slot.prepare(broken));

    assertEquals(new Serving(id(1), new NoCandidate(), new NoFallback()), slot.state());
  }

  @Test
  void aNewCandidateTakesThePlaceOfTheOneBefore() throws Exception {
    serve(1);
    slot.prepare(models.plus(2));
    slot.shadow();
    slot.prepare(models.plus(3));

    await(() -> models.open.get() == 2);
    assertEquals(new Serving(id(1), new Proven(id(3)), new NoFallback()), slot.state());
    assertEquals(new Dropped(id(3), NO_REPORT), slot.discard());
    await(() -> models.open.get() == 1);
  }

  @Test
  void aClearedSlotCanBeReturnedTo() throws Exception {
    serve(1);
    serve(2);

    assertEquals(new Switched(Optional.of(id(2)), Optional.empty(), NO_REPORT), slot.clear());

    assertEquals(new Empty(new NoCandidate(), new Closed(id(2))), slot.state());
    assertThrows(OutOfServiceException.class, () -> score(1));
    await(() -> models.open.get() == 0);
    assertEquals(new Switched(Optional.empty(), Optional.of(id(2)), NO_REPORT), slot.back());
    assertEquals(3, score(1).value(0, 0));
  }

  @Test
  void aShadowScoresTheSameRowsAndOnlyReports() throws Exception {
    serve(1);
    slot.prepare(models.plus(3));
    assertEquals(new Shadowed(id(3)), slot.shadow());
    assertInstanceOf(Refused.class, slot.shadow());

    for (int i = 0; i < 50; i++) {
      // One at a time, so that none is skipped.
      assertEquals(id(1), score(2 * i).by().model());
      long seen = i + 1L;
      await(() -> report().compared() == seen);
    }

    ComparisonReport report = report();
    assertEquals(2, report.meanDifference());
    assertEquals(2, report.mostDifference());
    assertEquals(1, report.correlation().orElseThrow(), 1e-9);
    assertEquals(0, report.servingAlarms());
    assertEquals(1, report.candidateAlarms(), "98 + 3 is above 100, 98 + 1 is not");
    assertEquals(0, report.bothAlarms());
    assertEquals(50, report.servingTimes().calls());
    assertTrue(report.candidateTimes().median() > 0);
    Switched switched = assertInstanceOf(Switched.class, slot.promote());
    assertEquals(50, switched.report().orElseThrow().compared());
  }

  @Test
  void aShadowThatFailsHarmsNobody() throws Exception {
    serve(1);
    SlotModel root =
        new SlotModel(
            id(9),
            () -> TestRuntime.load(directory, TestGraphs.root(1), TestRuntime.spec(1)),
            _ -> new Golden.Verdict.Proven(),
            (_, _) -> true);
    slot.prepare(root);
    slot.shadow();

    Scores scores = slot.score(Rows.same(new float[] {-4, 4, -1}, 3));

    assertEquals(5, scores.value(1, 0));
    assertEquals(0, scores.unusable());
    await(() -> report().failedRows() == 2);
    assertEquals(1, report().compared());
    slot.score(
        new Rows() {
          @Override
          public int count() {
            return 1;
          }

          @Override
          public float[] of(ModelIdentity model) {
            if (model.equals(id(9))) {
              throw new IllegalStateException("its preparation fails");
            }
            return new float[1];
          }
        });
    assertEquals(3, report().failedRows());
  }

  @Test
  void rowsWithoutNumbersAreUnusableAndTheOthersAreScored() throws Exception {
    SlotModel root =
        new SlotModel(
            id(9),
            () -> TestRuntime.load(directory, TestGraphs.root(1), TestRuntime.spec(1)),
            _ -> new Golden.Verdict.Proven(),
            (_, _) -> false);
    slot.prepare(root);
    slot.promote();

    Scores scores = slot.score(Rows.same(new float[] {9, -1, 16}, 3));

    assertEquals(3, scores.value(0, 0));
    assertFalse(scores.isUsable(1));
    assertEquals(1, scores.unusable());
    assertThrows(IllegalArgumentException.class, () -> scores.value(1, 0));
    assertEquals(4, scores.value(2, 0));
  }

  /** The candidate's load hangs; a return to the old model must not wait for it. */
  @Test
  void aReturnWaitsForNoLoad() throws Exception {
    serve(1);
    serve(2);
    SlotModel model = models.plus(3);
    var load = new CountDownLatch(1);
    var loading = new CountDownLatch(1);
    var slow =
        new SlotModel(
            model.identity(),
            () -> {
              loading.countDown();
              try {
                load.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              return model.source().open();
            },
            model.golden(),
            model.alarms());
    Thread loader = Thread.ofPlatform().start(() -> slot.prepare(slow));
    loading.await();

    assertInstanceOf(Switched.class, slot.back());

    assertEquals(11, score(10).value(0, 0));
    assertEquals(new Refused("another model is being loaded"), slot.prepare(models.plus(4)));
    load.countDown();
    loader.join();
    assertEquals(new Serving(id(1), new Proven(id(3)), new NoFallback()), slot.state());
  }

  private void serve(int version) throws Exception {
    assertEquals(new Prepared(id(version)), slot.prepare(models.plus(version)));
    assertInstanceOf(Switched.class, slot.promote());
  }

  private Scores score(float row) throws Exception {
    return slot.score(Rows.same(new float[] {row}, 1));
  }

  private ComparisonReport report() {
    return slot.state().candidate() instanceof Shadowing shadowing
        ? shadowing.report()
        : fail("no shadow");
  }

  private static ModelIdentity id(int version) {
    return TestModels.identity(version);
  }

  static void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.currentTimeMillis() + 30_000;
    while (!condition.getAsBoolean()) {
      if (System.currentTimeMillis() > end) {
        throw new AssertionError("not within 30 s");
      }
      Thread.sleep(1);
    }
  }
}
