package io.edgeflow.inference.guard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.inference.guard.ChildFrames.Load;
import io.edgeflow.inference.guard.GuardEvent.ChildDied;
import io.edgeflow.inference.guard.GuardEvent.ChildRestarted;
import io.edgeflow.inference.runtime.ExecutionProvider;
import io.edgeflow.inference.runtime.ModelLimits;
import io.edgeflow.inference.runtime.ModelRefusedException;
import io.edgeflow.inference.runtime.NonFiniteScoresException;
import io.edgeflow.inference.runtime.OutOfServiceException;
import io.edgeflow.inference.runtime.RunFailedException;
import io.edgeflow.inference.runtime.ScoringException;
import io.edgeflow.inference.runtime.TestGraphs;
import io.edgeflow.inference.runtime.TestRuntime;
import io.edgeflow.inference.runtime.ThreadBudget;
import io.edgeflow.inference.runtime.TimedOutException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real processes that really die. */
@Timeout(120)
final class ChildScorerTest {
  private static final ModelLimits PATIENT = new ModelLimits(64, Duration.ofSeconds(30), 64 << 20);
  private static final ModelLimits HASTY = new ModelLimits(64, Duration.ofSeconds(1), 64 << 20);

  @TempDir Path directory;
  private final Events events = new Events();

  @Test
  void aGraphScoresInAProcessOfItsOwn() throws Exception {
    Path graph = TestGraphs.write(directory, "plus", TestGraphs.plus(2, 5));
    long pid;
    try (var scorer =
        ChildScorer.open("m", graph, TestRuntime.spec(2, PATIENT), settings(), events)) {
      pid = scorer.pid();
      assertTrue(ProcessHandle.of(pid).isPresent());
      float[] rows = new float[200];
      rows[199] = 7;
      float[] scores = scorer.score(rows, 100);
      assertEquals(200, scores.length);
      assertEquals(12, scores[199]);
      assertArrayEquals(new float[0], scorer.score(rows, 0));
      assertThrows(IllegalArgumentException.class, () -> scorer.score(rows, 101));
    }
    assertTrue(ProcessHandle.of(pid).isEmpty());
    assertFalse(Files.exists(directory.resolve("tmp")), "the library that it unpacked");
    assertEquals(List.of(), events.all());
  }

  @Test
  void whatTheChildRefusesIsRefused() throws Exception {
    Path graph = TestGraphs.write(directory, "plus", TestGraphs.plus(2, 5));

    var refusal =
        assertThrows(
            ModelRefusedException.class,
            () -> ChildScorer.open("m", graph, TestRuntime.spec(3, PATIENT), settings(), events));

    assertTrue(
        refusal.toString().contains("in its own process: the output has not 3 values a row"),
        refusal.toString());
  }

  @Test
  void aChildThatDiesWhileItLoadsIsARefusal() {
    var refusal =
        assertThrows(ModelRefusedException.class, () -> start(PATIENT, "deadly.onnx").close());

    assertEquals("its process ended while it loaded: exit code 7", refusal.getMessage());
  }

  @Test
  void aChildThatIsStartingIsDeadWhenItsScorerIsClosed() throws Exception {
    ChildScorer scorer = scorer(PATIENT, "endless.onnx");
    var refusal = new CompletableFuture<ModelRefusedException>();
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> refusal.complete(assertThrows(ModelRefusedException.class, scorer::firstStart)));
    Events.await(() -> child().isPresent());
    ProcessHandle child = child().orElseThrow();

    scorer.close();

    assertFalse(child.isAlive());
    assertFalse(Files.exists(directory.resolve("tmp")));
    assertEquals(
        "its process ended while it loaded: closed",
        refusal.get(30, TimeUnit.SECONDS).getMessage());
  }

  private Optional<ProcessHandle> child() {
    return ProcessHandle.current()
        .children()
        .filter(child -> isOurs(child.info().arguments()))
        .findAny();
  }

  private boolean isOurs(Optional<String[]> arguments) {
    return List.of(arguments.orElse(new String[0]))
        .contains("-Djava.io.tmpdir=" + directory.resolve("tmp").toAbsolutePath());
  }

  @Test
  void aChildThatHaltsWhileItScoresIsStartedAgain() throws Exception {
    try (var scorer = start(PATIENT, "m.onnx")) {
      long first = scorer.pid();
      var failure = assertThrows(RunFailedException.class, () -> ask(scorer, TestChild.HALT));
      assertEquals("the process of m died: exit code 3", failure.getMessage());

      awaitScore(scorer);
      // It scores before it is told that it does.
      Events.await(() -> !events.of(ChildRestarted.class).isEmpty());

      assertTrue(scorer.pid() != first);
      assertEquals(
          List.of(
              new ChildDied("m", "exit code 3", Duration.ofMillis(20)),
              new ChildRestarted("m", scorer.pid())),
          events.all());
    }
  }

  @Test
  void anErrorInTheChildIsItsEnd() throws Exception {
    try (var scorer = start(PATIENT, "m.onnx")) {
      var failure = assertThrows(RunFailedException.class, () -> ask(scorer, TestChild.ERROR));
      assertEquals("the process of m died: exit code 1", failure.getMessage());
      awaitScore(scorer);
    }
  }

  @Test
  void kill9BetweenTwoCallsIsNoticed() throws Exception {
    try (var scorer = start(PATIENT, "m.onnx")) {
      ProcessHandle.of(scorer.pid()).orElseThrow().destroyForcibly();
      Events.await(() -> !events.of(ChildDied.class).isEmpty());
      awaitScore(scorer);
      assertEquals("signal 9", events.of(ChildDied.class).getFirst().cause());
    }
  }

  @Test
  void aChildThatHangsIsKilled() throws Exception {
    try (var scorer = start(HASTY, "m.onnx")) {
      long pid = scorer.pid();
      assertThrows(TimedOutException.class, () -> ask(scorer, TestChild.HANG));
      assertTrue(ProcessHandle.of(pid).isEmpty());
      awaitScore(scorer);
    }
  }

  @Test
  void eachDeathWithoutAScoreBetweenDoublesTheWait() throws Exception {
    try (var scorer = start(PATIENT, "m.onnx")) {
      for (int i = 0; i < 4; i++) {
        Events.await(() -> scorer.pid() >= 0);
        assertThrows(RunFailedException.class, () -> ask(scorer, TestChild.HALT));
      }
      awaitScore(scorer);
      assertThrows(RunFailedException.class, () -> ask(scorer, TestChild.HALT));
      // The call may fail before the death is told.
      Events.await(() -> events.of(ChildDied.class).size() == 5);
    }
    assertEquals(
        List.of(20L, 40L, 50L, 50L, 20L),
        events.of(ChildDied.class).stream().map(died -> died.restartIn().toMillis()).toList());
  }

  @Test
  void nonsenseIsAFailureAndChatterIsNot() throws Exception {
    try (var scorer = start(PATIENT, "m.onnx")) {
      assertEquals(TestChild.CHATTER + 1, ask(scorer, TestChild.CHATTER));
      assertThrows(NonFiniteScoresException.class, () -> ask(scorer, TestChild.NOT_A_NUMBER));
      assertEquals(List.of(), events.all());
      assertThrows(RunFailedException.class, () -> ask(scorer, TestChild.NONSENSE));
      awaitScore(scorer);
    }
  }

  @Test
  void aChildThatTakesTooMuchMemoryIsKilled() throws Exception {
    try (var scorer = start(PATIENT, "m.onnx")) {
      try {
        ask(scorer, TestChild.GREED);
      } catch (RunFailedException killedMeanwhile) {
        assertTrue(killedMeanwhile.toString().contains("memory"));
      }
      Events.await(() -> !events.of(ChildDied.class).isEmpty());
      assertEquals(
          "it took more memory than 67108864 bytes", events.of(ChildDied.class).getFirst().cause());
    }
  }

  @Test
  void theChildEndsWithItsParentEvenInACall() throws Exception {
    Path output = directory.resolve("output");
    var builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                Parent.class.getName(),
                directory.toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    Process parent = builder.start();
    try {
      Events.await(() -> Parent.pidIn(output) > 0);
      ProcessHandle child = ProcessHandle.of(Parent.pidIn(output)).orElseThrow();

      parent.destroyForcibly().waitFor();

      Events.await(() -> !child.isAlive());
    } finally {
      parent.destroyForcibly();
    }
  }

  /** Has a child that hangs in a call when this is killed. */
  static final class Parent {
    private Parent() {}

    public static void main(String[] args) throws Exception {
      var test = new ChildScorerTest();
      test.directory = Path.of(args[0]);
      ChildScorer scorer = test.start(PATIENT, "m.onnx");
      System.out.println("child " + scorer.pid() + ".");
      ask(scorer, TestChild.HANG);
    }

    static long pidIn(Path output) {
      try {
        String said = Files.readString(output);
        int at = said.indexOf("child ");
        int end = said.indexOf('.', Math.max(at, 0));
        return at < 0 || end < 0 ? -1 : Long.parseLong(said.substring(at + 6, end));
      } catch (IOException notYet) {
        return -1;
      }
    }
  }

  private ChildScorer start(ModelLimits limits, String graph) throws Exception {
    ChildScorer scorer = scorer(limits, graph);
    scorer.firstStart();
    return scorer;
  }

  private ChildScorer scorer(ModelLimits limits, String graph) {
    var load =
        new Load(
            directory.resolve(graph).toString(),
            TestRuntime.spec(1, limits),
            1,
            ExecutionProvider.CPU.name());
    return new ChildScorer("m", load, settings(), events, TestChild.class);
  }

  private ChildSettings settings() {
    ChildSettings usual = ChildSettings.in(directory, ExecutionProvider.CPU, new ThreadBudget(1));
    return new ChildSettings(
        directory,
        usual.provider(),
        usual.threads(),
        usual.startTimeOut(),
        Duration.ofMillis(20),
        Duration.ofMillis(50),
        usual.jvmOptions());
  }

  private static float ask(ChildScorer scorer, float order) throws ScoringException {
    return scorer.score(new float[] {order}, 1)[0];
  }

  private static void awaitScore(ChildScorer scorer) throws Exception {
    Events.await(
        () -> {
          try {
            return ask(scorer, 41) == 42;
          } catch (OutOfServiceException notYet) {
            return false;
          } catch (TimedOutException busyMachine) {
            return false;
          } catch (ScoringException e) {
            throw new AssertionError(e);
          }
        });
  }
}
