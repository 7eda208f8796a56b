package io.edgeflow.gateway.deploy;

import static io.edgeflow.gateway.deploy.AgentRig.document;
import static io.edgeflow.gateway.deploy.AgentRig.gated;
import static io.edgeflow.gateway.deploy.AgentRig.to;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.gateway.scoring.TestBundle;
import io.edgeflow.process.trust.SigningKey;
import io.edgeflow.wire.document.Desired;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** R1: of all that comes in, only a newer document of the right cloud for this edge counts. */
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
final class DocumentStormTest {
  private static final long CURRENT = 50;

  @TempDir Path temp;
  private final Random random = new Random(seed());
  private final SigningKey stranger = SigningKey.generate();

  private static long seed() {
    long seed = Long.getLong("edgeflow.seed", System.nanoTime());
    System.out.println("seed " + seed);
    return seed;
  }

  @BeforeAll
  static void openRuntime() throws Exception {
    TestBundle.openRuntime();
  }

  @Test
  void staleReplayedForeignAndBrokenDocumentsChangeNothing() throws Exception {
    Path old = gated(TestBundle.plus(temp.resolve("old"), "old", 10, 14));
    try (var edge = new AgentRig(temp, old)) {
      String good =
          edge.source.publish(gated(TestBundle.plus(temp.resolve("b"), "good", 20, 24)), 7);
      String other =
          edge.source.publish(gated(TestBundle.plus(temp.resolve("c"), "other", 30, 34)), 8);
      Desired current = document(CURRENT, to(good, "r1"));
      edge.offer(current);
      edge.passUntil(() -> edge.state().equals("proven"));
      int before = edge.events.size();
      long stale = 0;
      for (int i = 0; i < 600; i++) {
        byte[] one = some(edge, current, other);
        stale += isStale(one, edge) ? 1 : 0;
        edge.offer(one);
        if (i % 50 == 0) {
          settle(edge);
        }
        if (i == 300) {
          edge.restartCleanly();
          stale = 0;
        }
      }
      settle(edge);
      assertEquals(CURRENT, edge.report().number());
      assertEquals(current.digest(), edge.report().desired());
      assertEquals("proven", edge.state());
      assertEquals("good", edge.serving());
      assertEquals(List.of(), edge.report().denied());
      assertTrue(edge.ignored() > 0 && edge.ignored() <= stale, edge.ignored() + " of " + stale);
      List<String> since = edge.events.subList(before, edge.events.size());
      assertTrue(
          since.stream().allMatch(event -> event.startsWith("deploy-refused")), since::toString);
    }
  }

  /**
   * Until all that was offered has been looked at: a word about a conflict of its own comes last.
   */
  private static void settle(AgentRig edge) throws Exception {
    Desired conflict = document(CURRENT, to("", "conflict"));
    Desired foreign =
        new Desired(
            "mark",
            AgentRig.EDGE,
            1,
            1,
            1,
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            Map.of(),
            Optional.empty());
    edge.offer(conflict);
    edge.await(() -> edge.report().refusal().startsWith("conflict"));
    edge.offer(foreign);
    edge.await(() -> edge.report().refusal().endsWith("mark"));
  }

  private static boolean isStale(byte[] one, AgentRig edge) {
    var desk = new OrderDesk("edgeflow", AgentRig.EDGE, edge.source.keys(), Optional::empty);
    return desk.read(one) instanceof OrderDesk.Given given && given.desired().number() < CURRENT;
  }

  private byte[] some(AgentRig edge, Desired current, String other) {
    long lower = 1L + random.nextInt((int) CURRENT - 1);
    long higher = CURRENT + 1L + random.nextInt(9);
    return switch (random.nextInt(8)) {
      case 0 -> AgentRig.signed(current, edge.controller);
      case 1 -> AgentRig.signed(document(lower, to(other, "late")), edge.controller);
      case 2 -> AgentRig.signed(document(CURRENT, to(other, "conflict")), edge.controller);
      case 3 -> AgentRig.signed(document(higher, to(other, "forged")), stranger);
      case 4 -> AgentRig.signed(of("edgeflow", "pi-8", higher, other), edge.controller);
      case 5 -> AgentRig.signed(of("elsewhere", AgentRig.EDGE, higher, other), edge.controller);
      case 6 -> broken(AgentRig.signed(document(higher, to(other, "cut")), edge.controller));
      default -> garbage();
    };
  }

  private static Desired of(String audience, String name, long number, String digest) {
    Desired like = document(number, to(digest, "foreign"));
    return new Desired(
        audience,
        name,
        number,
        1,
        1,
        like.slots(),
        List.of(),
        List.of(),
        List.of(),
        Map.of(),
        Optional.empty());
  }

  /** Cut off, or with another byte somewhere: what was signed is not what is there. */
  private byte[] broken(byte[] whole) {
    if (random.nextBoolean()) {
      // Without the line's end alone it would be as good as before.
      int end = new String(whole, java.nio.charset.StandardCharsets.UTF_8).stripTrailing().length();
      return Arrays.copyOf(whole, random.nextInt(end));
    }
    byte[] changed = whole.clone();
    int at =
        new String(whole, java.nio.charset.StandardCharsets.UTF_8).indexOf("payload\":\"") + 12;
    changed[at + random.nextInt(100)] ^= 1;
    return changed;
  }

  private byte[] garbage() {
    List<Integer> lengths = new ArrayList<>(List.of(0, 1, 100, 5_000));
    byte[] bytes = new byte[lengths.get(random.nextInt(lengths.size()))];
    random.nextBytes(bytes);
    return bytes;
  }
}
