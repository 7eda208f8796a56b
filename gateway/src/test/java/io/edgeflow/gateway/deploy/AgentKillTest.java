package io.edgeflow.gateway.deploy;

import static io.edgeflow.gateway.deploy.AgentRig.SHADOW;
import static io.edgeflow.gateway.deploy.AgentRig.document;
import static io.edgeflow.gateway.deploy.AgentRig.gated;
import static io.edgeflow.gateway.deploy.AgentRig.to;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.gateway.scoring.TestBundle;
import io.edgeflow.wire.document.DeployedSlot;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The process ends at every point of a rollout: before and after each write of the journal and each
 * command. What is on the disk then is all that the next one has.
 */
@Timeout(300)
@Execution(ExecutionMode.CONCURRENT)
final class AgentKillTest {
  private static final int MOST_POINTS = 100;
  private static final Set<String> ENDS = Set.of("proven", "rolled-back", "failed");

  @TempDir Path temp;
  private final Random random = new Random(seed());

  private static long seed() {
    long seed = Long.getLong("edgeflow.seed", System.nanoTime());
    System.out.println("seed " + seed);
    return seed;
  }

  @BeforeAll
  static void openRuntime() throws Exception {
    TestBundle.openRuntime();
  }

  /** What is rolled out, and what may serve at the end. */
  private record Story(String name, int plus, List<String> mayServe) {
    static Story good(String... mayServe) {
      return new Story("good", 20, List.of(mayServe));
    }

    static Story bad() {
      return new Story("bad", 40, List.of("old"));
    }
  }

  /** Lives through a story with a kill at this point; again and again at the same if so often. */
  private boolean dies(Story story, Path folder, int point, int times) throws Exception {
    Path old = gated(TestBundle.plus(folder.resolve("old"), "old", 10, 14));
    Path next =
        gated(
            TestBundle.plus(folder.resolve("next"), story.name(), story.plus(), story.plus() + 4));
    try (var edge = new AgentRig(folder, old)) {
      edge.await(() -> edge.serving().equals("old"));
      edge.killAt = point;
      String digest = edge.source.publish(next, 7);
      int deaths = 0;
      edge.offer(document(1, to(digest, "r1", SHADOW)));
      edge.passUntil(() -> ENDS.contains(edge.state()));
      while (edge.killed) {
        deaths++;
        edge.killAt = deaths < times ? point : Integer.MAX_VALUE;
        edge.source.away = edge.source.here().contains(digest);
        edge.restartAfterKill();
        edge.offer(document(1, to(digest, "r1", SHADOW)));
        edge.passUntil(() -> ENDS.contains(edge.state()) && isSettled(edge));
      }
      isTrue(edge, digest, story, "killed " + deaths + " times at point " + point);
      return deaths > 0;
    }
  }

  private static boolean isSettled(AgentRig edge) {
    return edge.models().view(AgentRig.SLOT).orElseThrow().settled();
  }

  /** What serves is proven, and the report says just that. */
  private static void isTrue(AgentRig edge, String digest, Story story, String when) {
    DeployedSlot slot = edge.slot();
    String what = when + ": " + edge.serving() + " serves, " + edge.report();
    assertTrue(story.mayServe().contains(edge.serving()), what);
    assertEquals(digest, slot.digest(), what);
    assertEquals(!edge.serving().equals("old"), slot.proven(), what);
    assertEquals(1, edge.report().number(), what);
  }

  /**
   * @param some of all points every which one; a random one is the first. With {@code
   *     -Dedgeflow.kill.all=true} every one
   * @return how many points there are
   */
  private int points(Story story, int times, int some) throws Exception {
    int step = Boolean.getBoolean("edgeflow.kill.all") ? 1 : some;
    int first = 1 + random.nextInt(step);
    for (int point = first; point < MOST_POINTS; point += step) {
      if (!dies(story, temp.resolve(story.name() + times + "-" + point), point, times)) {
        return point - 1;
      }
    }
    throw new AssertionError("it has no end");
  }

  @Test
  void killedOnceAGoodModelServesAllTheSame() throws Exception {
    int points = points(Story.good("good"), 1, 2);
    assertTrue(points >= 20, "points: " + points);
  }

  /** Twice while it is watched, and nobody knows whether it was the model: the old one serves. */
  @Test
  void killedAgainAndAgainSomethingProvenServes() throws Exception {
    var _ = points(Story.good("good", "old"), 3, 8);
  }

  @Test
  void killedOnceABadModelNeverStays() throws Exception {
    var _ = points(Story.bad(), 1, 6);
  }
}
