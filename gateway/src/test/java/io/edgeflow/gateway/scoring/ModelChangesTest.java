package io.edgeflow.gateway.scoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.gateway.commissioning.Status;
import io.edgeflow.gateway.config.ScoringConfig;
import io.edgeflow.gateway.config.ScoringConfig.Placement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Models change while a gateway scores, and what was chosen outlives its end. */
@Timeout(120)
final class ModelChangesTest {
  private static final Said ADA = new Said("ada", "a better one");
  private static final GatewayScoring.Pace QUICK =
      new GatewayScoring.Pace(Duration.ofMillis(1), Duration.ofMinutes(1));

  @TempDir Path temp;
  private Path a;
  private Path b;
  private Path c;
  private ScoringRig rig;
  private GatewayScoring scoring;
  private GatewayScoring.Pace pace = QUICK;

  @BeforeAll
  static void openRuntime() throws Exception {
    TestBundle.openRuntime();
  }

  @BeforeEach
  void begin() throws Exception {
    a = TestBundle.plus(temp.resolve("a"), "a", 10, 14);
    b = TestBundle.plus(temp.resolve("b"), "b", 20, 24);
    c = TestBundle.plus(temp.resolve("c"), "c", 30, 34);
    rig = new ScoringRig(temp.resolve("models"));
    start(a);
    rig.await(() -> state().equals("serving"));
  }

  @AfterEach
  void end() {
    scoring.close();
  }

  private void start(Path configured) {
    scoring =
        rig.start(pace, new ScoringConfig("wear", configured, Placement.INSIDE, Optional.empty()));
  }

  private void restart(Path configured) throws Exception {
    scoring.close();
    start(configured);
    rig.await(() -> !List.of("waiting", "loading").contains(state()));
  }

  private Status.Model model() {
    return scoring.models().getFirst();
  }

  private String state() {
    return model().state();
  }

  private ModelOutcome ask(ModelCommand command) throws Exception {
    return scoring.ask("wear", command, ADA).outcome().get(30, TimeUnit.SECONDS);
  }

  private void does(ModelCommand command) throws Exception {
    assertInstanceOf(ModelOutcome.Done.class, ask(command), command::toString);
  }

  private void refuses(ModelCommand command, String because) throws Exception {
    var refused = assertInstanceOf(ModelOutcome.Refused.class, ask(command), command::toString);
    assertTrue(refused.why().contains(because), refused::why);
  }

  private void promote(Path bundle) throws Exception {
    does(new ModelCommand.Prepare(bundle));
    does(new ModelCommand.Promote());
  }

  private void scoresOf(double flow, double expected) throws Exception {
    assertEquals(expected, rig.score(scoring, "wear", flow));
  }

  @Test
  void aModelIsPreparedComparedPromotedAndLeftAgain() throws Exception {
    scoresOf(1, 11);
    does(new ModelCommand.Prepare(b));
    assertEquals("b 1", words(model().candidate()));
    assertNull(model().comparison());
    scoresOf(2, 12);
    does(new ModelCommand.Shadow());
    scoresOf(3, 13);
    rig.await(() -> rows(model().comparison()) == 1);
    Status.Comparison compared = model().comparison();
    assertNotNull(compared);
    assertEquals(10, compared.meanDifference());
    assertEquals(10, compared.mostDifference());
    does(new ModelCommand.Promote());
    assertEquals("a 1", words(model().before()));
    assertEquals("chosen by ada: a better one", model().source());
    scoresOf(4, 24);
    does(new ModelCommand.Back());
    scoresOf(5, 15);
    refuses(new ModelCommand.Back(), "no model before");
    assertEquals(
        List.of(
            "model-active a ",
            "model-prepared b ada",
            "model-shadow b ada",
            "model-active b ada",
            "model-active a ada"),
        rig.events());
    List<Status.ModelChange> changes = model().changes();
    assertEquals(
        List.of("prepare", "shadow", "promote", "back", "back"),
        changes.stream().map(Status.ModelChange::change).toList());
    assertTrue(changes.get(2).detail().contains("1 rows were compared, mean difference 10"));
    assertEquals("refused", changes.getLast().outcome());
  }

  private static long rows(Status.@Nullable Comparison report) {
    return report == null ? 0 : report.rows();
  }

  private static String words(String identity) {
    return identity.replaceAll(" \\([0-9a-f]{64}\\)", "");
  }

  @Test
  void whatMakesNoSenseIsRefusedWithItsReasonAndChangesNothing() throws Exception {
    refuses(new ModelCommand.Promote(), "no candidate");
    refuses(new ModelCommand.Shadow(), "no candidate");
    refuses(new ModelCommand.Discard(), "no candidate");
    refuses(new ModelCommand.Enable(), "not disabled");
    refuses(new ModelCommand.Prepare(temp.resolve("nowhere")), "no folder");
    refuses(
        new ModelCommand.Prepare(TestBundle.plus(temp.resolve("liar"), "liar", 1, 77)),
        "deviations");
    refuses(new ModelCommand.Prepare(a), "serves already");
    does(new ModelCommand.Prepare(b));
    refuses(new ModelCommand.Prepare(b), "candidate already");
    does(new ModelCommand.Discard());
    assertEquals("", model().candidate());
    promote(b);
    refuses(new ModelCommand.Prepare(a), "back returns to it");
    assertInstanceOf(
        ModelOutcome.Unknown.class,
        scoring.ask("none", new ModelCommand.Back(), ADA).outcome().get());
    scoresOf(1, 21);
  }

  @Test
  void whatWasChosenOutlivesARestartAndBackStillReturns() throws Exception {
    promote(b);
    promote(c);
    restart(a);
    assertEquals("c", model().name());
    assertEquals("chosen by ada: a better one", model().source());
    assertEquals("b 1", words(model().before()));
    scoresOf(1, 31);
    does(new ModelCommand.Back());
    scoresOf(2, 22);
    restart(a);
    scoresOf(3, 23);
    assertEquals("", model().before());
  }

  @Test
  void anotherBundleInTheConfigurationIsTheNewerWord() throws Exception {
    promote(b);
    restart(c);
    assertEquals("c", model().name());
    assertEquals("named by the configuration", model().source());
  }

  @Test
  void whatWasChosenAndIsGoneLeavesTheOneBeforeOrTheConfigured() throws Exception {
    promote(b);
    promote(c);
    Path elsewhere = temp.resolve("elsewhere");
    Files.move(c, elsewhere);
    restart(a);
    assertEquals("b", model().name());
    assertEquals("the one before, because the chosen one was not taken", model().source());
    change(b);
    Files.move(elsewhere, c, StandardCopyOption.REPLACE_EXISTING);
    change(c);
    restart(a);
    assertEquals("a", model().name(), "the others are not what was chosen, to the byte");
    assertEquals(
        "named by the configuration, because the chosen one was not taken", model().source());
    Files.writeString(temp.resolve("models/slots/wear.json"), "{\"schema\":1,");
    restart(a);
    assertEquals("a", model().name());
  }

  private static void change(Path bundle) throws IOException {
    Files.writeString(bundle.resolve("README.md"), "changed");
  }

  @Test
  void aSlotIsDisabledAtOnceAndStaysSo() throws Exception {
    promote(b);
    does(new ModelCommand.Prepare(c));
    does(new ModelCommand.Disable());
    assertEquals("disabled", state());
    assertEquals("", model().candidate());
    refuses(new ModelCommand.Promote(), "disabled");
    rig.read(scoring, 1);
    restart(a);
    assertEquals("disabled", state());
    assertEquals("by ada: a better one", model().detail());
    does(new ModelCommand.Enable());
    assertEquals("b", model().name());
    scoresOf(7, 27);
    assertEquals(1, rig.scores(), "what came while it was disabled has no score");
    does(new ModelCommand.Back());
    scoresOf(8, 18);
  }

  @Test
  void aSlotIsResetToWhatTheConfigurationNames() throws Exception {
    promote(b);
    promote(c);
    does(new ModelCommand.Reset());
    scoresOf(1, 11);
    does(new ModelCommand.Reset());
    assertEquals("named by the configuration", model().source());
    promote(b);
    does(new ModelCommand.Reset());
    scoresOf(2, 12);
    restart(a);
    scoresOf(3, 13);
    assertEquals("", model().before());
  }

  @Test
  void anEmptySlotIsFilledAndEmptiedAgain() throws Exception {
    scoring.close();
    scoring =
        rig.start(
            pace, new ScoringConfig("wear", Optional.empty(), Placement.INSIDE, Optional.empty()));
    rig.await(() -> state().equals("empty"));
    promote(b);
    scoresOf(1, 21);
    refuses(new ModelCommand.Back(), "no model before");
    does(new ModelCommand.Reset());
    assertEquals("empty", state());
  }

  @Test
  void whatIsVetoedDoesNotServeAndIsNotTakenUpAgain() throws Exception {
    promote(b);
    String digest = model().digest();
    rig.veto = one -> one.equals(digest) ? Optional.of("it did badly here") : Optional.empty();
    restart(a);
    assertEquals("a", model().name());
    refuses(new ModelCommand.Prepare(b), "it did badly here");
    rig.veto = ModelVeto.NONE;
    restart(a);
    assertEquals("a", model().name());
  }

  @Test
  void theModelBeforeIsClosedAfterAWhileAndLoadedAgainToGoBack() throws Exception {
    pace = new GatewayScoring.Pace(Duration.ofMillis(1), Duration.ofMillis(1));
    restart(a);
    promote(b);
    rig.await(() -> !model().beforeLoaded());
    assertEquals("a 1", words(model().before()));
    does(new ModelCommand.Back());
    assertTrue(model().changes().getLast().detail().contains("was loaded and serves again"));
    scoresOf(1, 11);
    promote(b);
    scoresOf(2, 22);
  }

  /** Nobody waits for a soak who wants to leave the model that soaks. */
  @Test
  void backOvertakesWhatWaitsForTheTrialOfTheNewModel() throws Exception {
    promote(b);
    pace = new GatewayScoring.Pace(Duration.ofMinutes(10), Duration.ofMinutes(10));
    restart(a);
    var waits = scoring.ask("wear", new ModelCommand.Prepare(c), ADA);
    assertEquals("pending", model().changes().getFirst().outcome());
    does(new ModelCommand.Disable());
    // With the model on trial gone, the trial is over too.
    waits.outcome().get(30, TimeUnit.SECONDS);
    assertEquals(0, rig.notes(), "of attempts that go on");
  }
}
