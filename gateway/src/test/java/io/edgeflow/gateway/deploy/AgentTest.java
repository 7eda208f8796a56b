package io.edgeflow.gateway.deploy;

import static io.edgeflow.gateway.deploy.AgentRig.SHADOW;
import static io.edgeflow.gateway.deploy.AgentRig.back;
import static io.edgeflow.gateway.deploy.AgentRig.document;
import static io.edgeflow.gateway.deploy.AgentRig.gated;
import static io.edgeflow.gateway.deploy.AgentRig.to;
import static io.edgeflow.gateway.deploy.AgentRig.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.gateway.config.ScoringConfig.Placement;
import io.edgeflow.gateway.scoring.ModelCommand;
import io.edgeflow.gateway.scoring.ModelOutcome;
import io.edgeflow.gateway.scoring.Said;
import io.edgeflow.gateway.scoring.TestBundle;
import io.edgeflow.process.trust.SigningKey;
import io.edgeflow.wire.document.DesiredSlot;
import io.edgeflow.wire.document.PayloadKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What an agent makes of documents, with real models and by a clock of the test's own. */
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
final class AgentTest {
  private static final Said ADA = new Said("ada", "she knows why");

  @TempDir Path temp;
  private Path configured;
  private AgentRig edge;
  private String good;
  private String better;

  @BeforeAll
  static void openRuntime() throws Exception {
    TestBundle.openRuntime();
  }

  @BeforeEach
  void begin() throws Exception {
    configured = gated(TestBundle.plus(temp.resolve("old"), "old", 10, 14));
    edge = new AgentRig(temp, configured);
    good = edge.source.publish(gated(TestBundle.plus(temp.resolve("b"), "good", 20, 24)), 7);
    better = edge.source.publish(gated(TestBundle.plus(temp.resolve("c"), "better", 30, 34)), 8);
  }

  @AfterEach
  void end() {
    edge.close();
  }

  private void ends(String state) throws Exception {
    edge.passUntil(() -> edge.state().equals(state));
  }

  private void proves(long number, String digest, String rollout) throws Exception {
    edge.offer(document(number, to(digest, rollout)));
    edge.passUntil(() -> edge.report().number() == number && edge.state().equals("proven"));
  }

  private void told(String end) {
    assertTrue(edge.events.contains(end), edge.events::toString);
  }

  @Test
  void aGoodModelIsComparedServesAndProvesItself() throws Exception {
    edge.offer(document(3, to(good, "r1", SHADOW)));
    ends("proven");
    assertEquals("good", edge.serving());
    assertEquals(3, edge.report().number());
    assertEquals(document(3, to(good, "r1", SHADOW)).digest(), edge.report().desired());
    assertEquals("start-1", edge.report().start());
    assertEquals("r1", edge.slot().rollout());
    assertEquals("good", edge.slot().model());
    assertEquals("", edge.slot().previous());
    assertEquals(7, edge.report().floors().get("good"));
    assertTrue(edge.slot().evidence().rows() >= 10, edge.slot()::toString);
    assertTrue(edge.slot().evidence().beforeRows() >= 1, edge.slot()::toString);
    assertEquals(
        List.of(
            "deploy-document ",
            "deploy-queued ",
            "deploy-downloading ",
            "deploy-verified good",
            "deploy-prepared good",
            "deploy-shadow good",
            "deploy-active good",
            "deploy-proven good"),
        edge.events);
  }

  /** Killed again and again in its first moments, as on a plant whose power comes and goes. */
  @Test
  void aProvenModelComesBackHoweverOftenTheProcessDiedInItsFirstMoments() throws Exception {
    proves(1, good, "r1");
    proves(2, better, "r2");
    edge.restartAfter(
        () -> {
          edge.died(good, 12);
          edge.died(better, 12);
        });
    edge.passUntil(() -> edge.serving().equals("better") && edge.state().equals("proven"));
    assertEquals(List.of(), edge.report().denied());
    edge.restartAfter(() -> edge.died(better, 13));
    ends("proven");
    edge.offer(document(3, back(good, "undo")));
    edge.passUntil(() -> edge.serving().equals("good") && edge.state().equals("proven"));
    assertEquals(List.of(), edge.report().denied());
  }

  @Test
  void aProvenModelComesBackThoughItHadRestedBeforeTheAgentMissedIt() throws Exception {
    proves(1, better, "r1");
    edge.restartAfter(
        () -> edge.died(better, 12),
        () -> !edge.serving().isEmpty() && edge.models().rest(better).isZero());
    edge.passUntil(() -> edge.serving().equals("better") && edge.state().equals("proven"));
    assertEquals(List.of(), edge.report().denied());
  }

  /** A bad model goes at once, though the one before it is not tried yet. */
  @Test
  void goesBackToAModelThatRests() throws Exception {
    proves(1, good, "r1");
    Path slow = gated(TestBundle.plus(temp.resolve("slow"), "slow", 1, 5));
    String gates = "{\"gates\": {\"minRows\": 10, \"latencyP99\": \"1us\"}}";
    edge.offer(document(2, to(edge.source.publish(with(slow, gates), 9), "bad")));
    edge.await(
        () -> {
          edge.pass(Duration.ZERO, 0);
          return edge.serving().equals("slow");
        });
    edge.restartAfter(() -> edge.died(good, 13));
    ends("rolled-back");
    edge.passUntil(() -> edge.serving().equals("good"));
  }

  @Test
  void whatItFollowsItFollowsOnAfterARestart() throws Exception {
    proves(1, good, "r1");
    edge.source.away = true;
    edge.restartCleanly();
    edge.await(() -> edge.serving().equals("good"));
    ends("proven");
    assertEquals("start-2", edge.report().start());
    edge.offer(document(1, to(good, "r1")));
    edge.offer(new byte[0]);
    edge.offer(document(2, to("", "undo")));
    ends("proven");
    edge.passUntil(() -> edge.serving().equals("old"));
  }

  @Test
  void theModelBeforeComesBackAtOnceWhenTheCloudSaysSo() throws Exception {
    proves(1, good, "r1");
    proves(2, better, "r2");
    assertEquals(good, edge.slot().previous());
    edge.source.away = true;
    edge.offer(document(3, back(good, "undo")));
    edge.await(() -> edge.report().number() == 3 && edge.state().equals("proven"));
    assertEquals("good", edge.serving());
    assertEquals(8, edge.report().floors().get("better"));
  }

  @Test
  void aRolloutOfWhatDidWellBeforeIsJudgedByWhatItDoesNow() throws Exception {
    proves(1, good, "r1");
    proves(2, better, "r2");
    edge.offer(document(3, to(good, "r3")));
    edge.await(() -> edge.report().number() == 3 && edge.state().equals("active"));
    ends("proven");
    assertTrue(edge.slot().evidence().rows() >= 10, edge.slot()::toString);
  }

  /** An abort while the new one is being watched: it proved nothing, so it goes. */
  @Test
  void aModelThatWasNotProvenYetGoesWhenItIsNotWantedAnyMore() throws Exception {
    edge.offer(document(1, to(good, "r1")));
    edge.await(() -> edge.serving().equals("good"));
    edge.offer(document(2, to("", "abort")));
    edge.await(() -> edge.report().number() == 2);
    ends("proven");
    assertEquals("old", edge.serving());
    edge.offer(document(3, to(good, "r1")));
    edge.await(() -> edge.serving().equals("good"));
    edge.offer(document(4, to(better, "r2")));
    edge.await(() -> edge.report().number() == 4);
    edge.passUntil(() -> edge.state().equals("proven"));
    assertEquals("better", edge.serving());
    assertEquals("", edge.slot().previous(), "compared with what was proven, not with the other");
  }

  private String bad(String name, String manifest) throws Exception {
    Path bundle = gated(TestBundle.plus(temp.resolve(name), name, 40, 44));
    return edge.source.publish(with(bundle, manifest), 9);
  }

  private void isTakenBack(String digest, String gate) throws Exception {
    edge.offer(document(5, to(digest, "bad")));
    ends("rolled-back");
    assertTrue(edge.slot().detail().contains(gate), edge.slot()::toString);
    assertEquals("old", edge.serving());
    assertEquals(List.of(digest), edge.report().denied());
    edge.offer(document(6, to(digest, "again")));
    ends("rejected");
    assertTrue(edge.slot().detail().contains(gate), edge.slot()::toString);
    edge.restartCleanly();
    edge.await(() -> edge.serving().equals("old"));
    assertEquals(List.of(digest), edge.report().denied());
    assertFalse(edge.report().floors().containsKey("alarming"));
  }

  @Test
  void aModelThatAlarmsTooOftenIsTakenBackAndRefused() throws Exception {
    edge.await(() -> edge.serving().equals("old"));
    edge.pass(Duration.ZERO, 30);
    edge.await(() -> edge.models().view("wear").orElseThrow().service().rows() >= 30);
    isTakenBack(bad("alarming", "{}"), "alarmRate: ");
    String digest = edge.report().denied().getFirst();
    assertInstanceOf(
        ModelOutcome.Refused.class, edge.panel().unblock(good, ADA).get(30, TimeUnit.SECONDS));
    assertInstanceOf(
        ModelOutcome.Done.class, edge.panel().unblock(digest, ADA).get(30, TimeUnit.SECONDS));
    ends("rolled-back");
    told("deploy-unblocked ");
    edge.offer(with(document(7, to(good, "r7")), List.of(), List.of(digest)));
    ends("proven");
    assertEquals(List.of(), edge.report().denied());
  }

  @Test
  void aModelThatIsSlowIsTakenBack() throws Exception {
    Path slow = TestBundle.plus(temp.resolve("slow"), "slow", 1, 5);
    String gates = "{\"gates\": {\"minRows\": 10, \"latencyP99\": \"1us\"}}";
    isTakenBack(edge.source.publish(with(slow, gates), 1), "latencyP99: ");
  }

  @Test
  void aModelThatGivesNoNumbersIsTakenBackAtOnce() throws Exception {
    Path root =
        with(TestBundle.root(temp.resolve("root"), "root"), "{\"gates\": {\"minRows\": 10}}");
    String digest = edge.source.publish(root, 1);
    edge.offer(document(5, to(digest, "bad")));
    edge.await(() -> edge.serving().equals("root"));
    edge.flow(-1, 1);
    edge.await(() -> edge.state().equals("rolled-back"));
    assertTrue(edge.slot().detail().startsWith("nanRate: 1 of 1 rows"), edge.slot()::toString);
    assertEquals("old", edge.serving());
  }

  @Test
  void aModelThatTakesMemoryIsTakenBack() throws Exception {
    edge.offer(document(5, to(good, "leak")));
    edge.await(() -> edge.serving().equals("good") && edge.state().equals("active"));
    edge.resident.set(1L << 30);
    edge.await(() -> edge.state().equals("rolled-back"));
    assertTrue(edge.slot().detail().startsWith("memory: "), edge.slot()::toString);
    assertEquals(1L << 30, edge.slot().evidence().memoryBytes());
  }

  /** Rule R2, with the cloud gone: at the limit it is not even loaded again. */
  @Test
  void aModelThatTheProcessDiesOfIsTakenBackBeforeItIsLoadedAgain() throws Exception {
    edge.offer(document(1, to(good, "r1")));
    edge.await(() -> edge.state().equals("active"));
    edge.source.away = true;
    edge.restartAfterKill();
    edge.await(() -> edge.slot().evidence().crashes() == 1);
    assertEquals("good", edge.serving());
    edge.restartAfterKill();
    edge.await(() -> edge.state().equals("rolled-back"));
    assertEquals("the process ended 2 times while it was watched", edge.slot().detail());
    assertEquals("old", edge.serving());
    assertEquals(List.of(good), edge.report().denied());
    assertFalse(edge.modelEvents().contains("model-active good "), edge.modelEvents()::toString);
    assertInstanceOf(
        ModelOutcome.Done.class, edge.panel().unblock(good, ADA).get(30, TimeUnit.SECONDS));
    ends("proven");
    assertEquals("good", edge.serving());
  }

  /** A reboot in the midst of it is no fault of the model. */
  @Test
  void cleanStopsCountForNothing() throws Exception {
    edge.offer(document(1, to(good, "r1")));
    for (int i = 0; i < 3; i++) {
      edge.await(() -> edge.state().equals("active") && edge.serving().equals("good"));
      edge.restartCleanly();
    }
    ends("proven");
    assertEquals(0, edge.slot().evidence().crashes());
  }

  @Test
  void aModelThatDoesBadlyInTheShadowNeverServes() throws Exception {
    String digest = bad("alarming", "{}");
    edge.offer(document(5, to(digest, "bad", SHADOW)));
    // Without time: the shadow must not be over before rows were compared.
    edge.await(
        () -> {
          edge.pass(Duration.ZERO, 1);
          return edge.state().equals("failed");
        });
    assertTrue(edge.slot().detail().startsWith("in the shadow: alarmRate"), edge.slot()::toString);
    assertEquals(List.of(digest), edge.report().denied());
    edge.await(() -> edge.models().view("wear").orElseThrow().candidateDigest().isEmpty());
    assertFalse(edge.events.contains("deploy-active alarming"));
  }

  @Test
  void whatCannotBeLoadedFailsAndIsNotTriedForEver() throws Exception {
    String liar = edge.source.publish(TestBundle.plus(temp.resolve("liar"), "liar", 1, 77), 9);
    edge.offer(document(5, to(liar, "bad")));
    ends("failed");
    assertTrue(edge.slot().detail().contains("did not prove itself"), edge.slot()::toString);
    int events = edge.events.size();
    edge.offer(document(6, to(liar, "bad")));
    edge.await(() -> edge.report().number() == 6);
    assertEquals("failed", edge.state());
    assertEquals(events + 1, edge.events.size(), "but for the document: " + edge.events);
    assertEquals(List.of(), edge.report().denied());
  }

  /** Too few rows to judge are never a pass, and no reason to leave. */
  @Test
  void withTooFewRowsNothingIsProven() throws Exception {
    edge.offer(document(1, to(good, "r1")));
    edge.await(() -> edge.serving().equals("good"));
    edge.await(() -> edge.state().equals("active"));
    edge.flow(1, 3);
    edge.pass(AgentRig.SOAK.multipliedBy(2), 0);
    edge.pass(AgentRig.SOAK, 0);
    edge.await(() -> edge.slot().detail().startsWith("inconclusive: "));
    assertEquals("active", edge.state());
    ends("proven");
  }

  @Test
  void aPinnedSlotTakesNothingUntilItIsUnpinned() throws Exception {
    assertInstanceOf(ModelOutcome.Done.class, edge.panel().pin("wear", ADA).get());
    assertInstanceOf(ModelOutcome.Unknown.class, edge.panel().pin("none", ADA).get());
    edge.offer(document(1, to(good, "r1")));
    ends("rejected");
    assertEquals("the slot is pinned by ada: she knows why", edge.slot().detail());
    assertEquals(List.of("wear"), edge.report().pinned());
    edge.restartCleanly();
    assertEquals(List.of("wear"), edge.report().pinned());
    assertInstanceOf(ModelOutcome.Done.class, edge.panel().unpin("wear", ADA).get());
    ends("proven");
    assertEquals("good", edge.serving());
  }

  /** What proved nothing must not serve on while nobody watches it. */
  @Test
  void aModelThatIsWatchedGoesThoughTheNextOneIsRefused() throws Exception {
    String worse = bad("worse", "{}");
    edge.offer(document(1, to(worse, "bad")));
    ends("rolled-back");
    edge.offer(document(2, to(good, "r2")));
    edge.await(() -> edge.state().equals("active") && edge.serving().equals("good"));
    edge.offer(document(3, to(worse, "again")));
    edge.await(() -> edge.state().equals("rejected"));
    assertEquals("old", edge.serving());

    edge.offer(document(4, to(good, "r4")));
    edge.await(() -> edge.state().equals("active") && edge.serving().equals("good"));
    edge.panel().pin("wear", ADA).get();
    edge.offer(document(5, to(better, "r5")));
    edge.await(() -> edge.state().equals("rejected"));
    assertEquals("old", edge.serving());
  }

  @Test
  void aDownloadEndsWhenItsBundleIsNotWantedAnyMore() throws Exception {
    proves(1, good, "r1");
    edge.source.endless = true;
    edge.offer(document(2, to(better, "r2")));
    edge.await(() -> edge.source.endlessFetches() == 1);
    edge.offer(document(3, to(good, "undo")));
    edge.await(() -> edge.source.endlessFetches() == 0);
  }

  @Test
  void aModelIsDisabledAndEnabledAgainWithoutARestart() throws Exception {
    proves(1, good, "r1");
    for (int number = 2; number < 6; number += 2) {
      edge.offer(with(document(number), List.of("good"), List.of()));
      edge.await(() -> edge.serving().isEmpty());
      edge.offer(document(number + 1));
      edge.await(() -> edge.serving().equals("good"));
    }
  }

  /** Time in which it does not score proves nothing. */
  @Test
  void aSoakBeginsAnewAfterTheModelWasDisabled() throws Exception {
    edge.offer(document(1, to(good, "r1")));
    edge.await(() -> edge.state().equals("active"));
    edge.offer(with(document(2), List.of("good"), List.of()));
    edge.await(() -> edge.serving().isEmpty() && edge.slot().detail().contains("is disabled"));
    edge.pass(AgentRig.SOAK.multipliedBy(2), 0);
    edge.offer(document(3));
    edge.await(() -> edge.serving().equals("good"));
    edge.flow(1, 15);
    edge.await(() -> edge.slot().evidence().rows() >= 15);
    assertEquals("active", edge.state());
    ends("proven");
  }

  @Test
  void aDisabledModelDoesNotScoreUntilItIsEnabledAgain() throws Exception {
    proves(1, good, "r1");
    edge.offer(with(document(2), List.of("good"), List.of()));
    edge.await(() -> edge.serving().isEmpty());
    edge.restartCleanly();
    edge.await(() -> edge.models().view("wear").orElseThrow().settled());
    assertEquals("", edge.serving());
    edge.offer(document(3));
    edge.await(() -> edge.serving().equals("good"));
    ends("proven");
  }

  @Test
  void whatAPersonChoseInsteadIsTold() throws Exception {
    proves(1, good, "r1");
    edge.models().ask("wear", new ModelCommand.Back(), ADA).outcome().get(30, TimeUnit.SECONDS);
    edge.await(() -> edge.state().equals("failed"));
    assertEquals("another model serves here: old 1", edge.slot().detail());
  }

  @Test
  void onlyWhatWasNotHereMayBeOld() throws Exception {
    proves(1, better, "r1");
    Path again = gated(TestBundle.plus(temp.resolve("d"), "better", 5, 9));
    String older = edge.source.publish(again, 3);
    edge.offer(document(2, to(older, "r2")));
    ends("rejected");
    assertTrue(edge.slot().detail().startsWith("downgraded: "), edge.slot()::toString);
    edge.offer(with(document(3, to(older, "r3")), List.of(), List.of(older)));
    ends("proven");
    assertEquals(older, edge.slot().digest());
  }

  @Test
  void bundlesThatNobodyNeedsGoFromTheDisk() throws Exception {
    proves(1, good, "r1");
    proves(2, better, "r2");
    String third = edge.source.publish(gated(TestBundle.plus(temp.resolve("e"), "third", 1, 5)), 9);
    proves(3, third, "r3");
    edge.await(() -> edge.source.here().equals(Set.of(better, third)));
  }

  @Test
  void newerKeysAreFetchedFirst() throws Exception {
    SigningKey next = SigningKey.generate();
    edge.source.rotate(edge.keys(2, next));
    edge.offer(AgentRig.signed(document(1, to(good, "r1")), next));
    ends("proven");
    assertEquals(2, edge.report().keys());
    int before = edge.source.refreshes();
    for (int i = 2; i < 50; i++) {
      edge.offer(document(i, to(better, "r2")));
    }
    edge.await(() -> edge.report().refusal().startsWith("unknown-signer"));
    assertTrue(edge.source.refreshes() <= before + 1, "not for each of many");
    assertEquals(1, edge.report().number());
  }

  @Test
  void anUnknownSlotAndAProgramWithoutAnInstallerAreRejected() throws Exception {
    edge.offer(
        document(
            1,
            new DesiredSlot(
                PayloadKind.MODEL, "none", "", "", good, "r", Duration.ZERO, Duration.ZERO),
            new DesiredSlot(PayloadKind.APPLICATION, "node", "", "", better, "r", SHADOW, SHADOW)));
    edge.await(
        () ->
            edge.report().slots().size() == 2
                && edge.report().slots().stream().allMatch(slot -> slot.state().isEnd()));
    assertEquals("there is no slot none here", edge.report().slots().get(0).detail());
    assertEquals("there is no sync-node here", edge.report().slots().get(1).detail());
  }

  @Test
  void anEmptySlotIsFilledAndEmptiedByABadModel() throws Exception {
    edge.close();
    edge = new AgentRig(temp.resolve("other"), Optional.empty(), Placement.INSIDE);
    String digest = bad("alarming", "{}");
    edge.offer(document(1, to(digest, "bad")));
    ends("rolled-back");
    assertEquals("", edge.serving());
  }
}
