package io.edgeflow.inference.scoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.inference.runtime.TestGraphs;
import io.edgeflow.inference.slot.Change;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A slot whose rows are divided with the slot of another process. */
@Timeout(120)
final class SharedSlotTest {
  private static final long SECOND = 1_000_000;
  private static final long KEEP = 1_000;

  @TempDir Path directory;
  private final Told told = new Told();
  private final AtomicLong nanos = new AtomicLong();
  private final Division division = new Division();
  private SlotScorer slot;
  private Scoring scoring;

  /** What is ours can be said anew. */
  private static final class Division implements Share {
    private long version;
    private Set<String> ours = Set.of();

    void ours(String... subjects) {
      ours = Set.of(subjects);
      version++;
    }

    @Override
    public long version() {
      return version;
    }

    @Override
    public boolean isOurs(String slot, String subject) {
      return ours.contains(subject);
    }
  }

  @BeforeEach
  void begin() throws Exception {
    slot = new SlotScorer("wear", told, new Sharing(division, KEEP, 1 << 20, nanos::get));
    scoring = new Scoring(List.of(slot));
    TestBundles bundles = new TestBundles(directory);
    division.ours("pump-1");
    assertInstanceOf(Change.Prepared.class, slot.prepare(bundles.plus(10)));
    assertInstanceOf(Change.Switched.class, slot.promote());
  }

  @AfterEach
  void end() {
    slot.close();
  }

  private void read(int pump, long second) {
    scoring.accept("pump-" + pump + "/flow", second * SECOND, (double) second, Quality.GOOD);
    scoring.flush();
  }

  /** Another process wrote this score. */
  private void heard(int pump, long second) {
    scoring.accept("pump-" + pump + "/wear.score", second * SECOND, 0, Quality.GOOD);
  }

  private List<String> lines() {
    return told.lines().stream().map(line -> line.replace("/wear.score", "")).toList();
  }

  @Test
  void scoresItsOwnAndTakesOverWhatTheOtherOneLeft() {
    for (int second = 1; second <= 4; second++) {
      read(1, second);
      read(2, second);
    }
    heard(2, 1);
    heard(2, 2);
    assertEquals(
        List.of("pump-1 1 11.0", "pump-1 2 12.0", "pump-1 3 13.0", "pump-1 4 14.0"), lines());

    division.ours("pump-1", "pump-2");
    scoring.flush();
    read(2, 5);
    assertEquals(List.of("pump-2 3 13.0", "pump-2 4 14.0", "pump-2 5 15.0"), lines().subList(4, 7));
    scoring.flush();
    assertEquals(7, lines().size(), "each once");
  }

  /** It hears of the other one's score before it has prepared the row: it is behind. */
  @Test
  void keepsNoRowWhoseScoreItHasHeard() {
    read(2, 1);
    heard(2, 3);
    read(2, 2);
    read(2, 3);
    read(2, 4);
    division.ours("pump-2");
    scoring.flush();
    assertEquals(List.of("pump-2 4 14.0"), lines());
  }

  @Test
  void goesOnUntilItHearsTheOneThatFollows() {
    read(1, 1);
    division.ours();
    read(1, 2);
    read(1, 3);
    assertEquals(3, lines().size(), "nobody else was heard");
    heard(1, 1);
    read(1, 4);
    assertEquals(4, lines().size(), "that score is from before");
    heard(1, 4);
    read(1, 5);
    read(1, 6);
    assertEquals(4, lines().size(), "the other one scores");
    heard(1, 5);
    division.ours("pump-1");
    scoring.flush();
    assertEquals("pump-1 6 16.0", lines().getLast(), "and left one");
    assertEquals(5, lines().size());
  }

  @Test
  void doesNotKeepRowsForEver() {
    read(2, 1);
    nanos.addAndGet(KEEP);
    read(2, 2);
    nanos.addAndGet(1);
    read(2, 3);
    division.ours("pump-2");
    scoring.flush();
    assertEquals(List.of("pump-2 2 12.0", "pump-2 3 13.0"), lines());
  }

  /** More rows are taken over than one call takes. */
  @Test
  void takesOverInCallsOfTheModelsSize() {
    List<String> expected = new ArrayList<>();
    for (int second = 1; second <= 600; second++) {
      read(2, second);
      expected.add("pump-2 " + second + " " + (second + 10.0f));
    }
    division.ours("pump-2");
    scoring.flush();
    assertEquals(expected, lines());
    assertEquals(3, slot.figures().times().calls(), "256 rows in a call");
  }

  @Test
  void heldRowsAreBoundedInNumber() {
    var held = new HeldRows(new Sharing(division, KEEP, 10 * 132, nanos::get), 1);
    var queue = new ArrayDeque<HeldRows.Held>();
    for (int i = 0; i < 25; i++) {
      held.add(queue, i, new float[] {i}, Quality.GOOD);
    }
    assertEquals(10, queue.size());
    assertEquals(15, queue.element().timeMicros);
    assertEquals(15, held.forgotten());
    held.done(queue.remove());
    held.add(queue, 25, new float[] {25}, Quality.GOOD);
    assertEquals(15, held.forgotten(), "what was scored is not forgotten");
  }

  /** Windows are not made of readings from before and after a gap. */
  @Test
  void beginsAnewWhereReadingsAreMissing() throws Exception {
    String golden =
        """
        {"schema": 1, "model": "plus", "vectors": [{"name": "w", "subject": "a/b",
          "readings": ["a/b,1000000,1", "a/b,2000000,2"],
          "expected": [{"time": 2000000, "scores": [2, 3]}]}]}
        """;
    String window = "{\"kind\": \"sliding-window\", \"series\": \"*\", \"length\": 2}";
    TestBundles bundles = new TestBundles(directory);
    Path folder = bundles.write("window", 1, window, "\"a\", \"b\"", TestGraphs.plus(2, 1), golden);
    var other = new SlotScorer("other", told);
    try (other) {
      var alone = new Scoring(List.of(other));
      assertInstanceOf(Change.Prepared.class, other.prepare(bundles.good(folder)));
      assertInstanceOf(Change.Switched.class, other.promote());
      for (int second : new int[] {1, 2, 4, 5}) {
        if (second == 4) {
          other.restart();
        }
        alone.accept("pump-1/flow", second * SECOND, (double) second, Quality.GOOD);
      }
      alone.flush();
      assertEquals(
          List.of(
              "pump-1/flow/other.a 2 2.0",
              "pump-1/flow/other.b 2 3.0",
              "pump-1/flow/other.a 5 5.0",
              "pump-1/flow/other.b 5 6.0"),
          told.lines());
    }
  }

  @Test
  void slotsOfOthersAreNotScoredWheneverTheyBecomeKnown() throws Exception {
    String golden =
        """
        {"schema": 1, "model": "plus", "vectors": [{"name": "w", "subject": "a/b",
          "readings": ["a/b,1000000,2"], "expected": [{"time": 1000000, "scores": [3]}]}]}
        """;
    String all = "{\"kind\": \"sliding-window\", \"series\": \"*\", \"length\": 1}";
    TestBundles bundles = new TestBundles(directory);
    var any = new SlotScorer("any", told);
    try (any) {
      var alone = new Scoring(List.of(any));
      any.prepare(
          bundles.good(bundles.write("all", 1, all, "\"score\"", TestGraphs.plus(1, 1), golden)));
      any.promote();
      alone.accept("pump-1/far.score", SECOND, 1, Quality.GOOD);
      alone.others(Set.of("far"));
      alone.accept("pump-1/far.score", 2 * SECOND, 1, Quality.GOOD);
      alone.accept("pump-2/far.score", 2 * SECOND, 1, Quality.GOOD);
      alone.others(Set.of());
      alone.accept("pump-2/far.score", 3 * SECOND, 1, Quality.GOOD);
      alone.flush();
      assertEquals(
          List.of("pump-1/far.score/any.score 1 2.0", "pump-2/far.score/any.score 3 2.0"),
          told.lines());
    }
  }
}
