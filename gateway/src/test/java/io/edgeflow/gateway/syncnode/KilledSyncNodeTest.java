package io.edgeflow.gateway.syncnode;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.process.settings.Document;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The command itself, in a process that is killed while it works. */
@Execution(ExecutionMode.CONCURRENT)
final class KilledSyncNodeTest {
  private static final int PATIENCE_SECONDS = 60;
  private static final int POLL_MILLIS = 5;

  private static final List<Step> FORWARD =
      Stream.of(Step.values()).filter(step -> !step.isBack()).toList();

  @TempDir private Path temp = Path.of("");

  @Test
  void goesOnWhereItWasKilled() throws Exception {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    try (Plant plant = new Plant(temp).withFactory()) {
      plant.ask(plant.version("1.1.0", 11, Plant.GOOD).request("a"));
      Step at = FORWARD.get(random.nextInt(FORWARD.size()));
      Process killed = start(plant);
      await(plant, notes -> isPast(notes, at));
      killed.destroyForcibly().waitFor();
      var store = new VersionStore(plant.home);
      Process heir = start(plant);
      try {
        await(
            plant, notes -> isNew(notes.good()) && store.good().equals(Optional.of(notes.good())));
      } finally {
        heir.destroy();
        assertTrue(heir.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "it does not stop");
      }
      assertTrue(heir.exitValue() == 0, () -> "exit " + heir.exitValue() + ", seed " + seed);
      plant.assertWorks("1.1.0");
    }
  }

  private static boolean isNew(String name) {
    return !name.isEmpty() && !name.equals(VersionStore.FACTORY);
  }

  private static boolean isPast(Notes notes, Step step) {
    return notes.attempt().isEmpty() || notes.attempt().get().step().compareTo(step) >= 0;
  }

  private static void await(Plant plant, Predicate<Notes> holds) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    Path file = plant.home.resolve("notes.json");
    while (System.nanoTime() < end) {
      if (Files.exists(file)
          && Notes.read(Files.readAllBytes(file)) instanceof Document.Good<Notes>(Notes notes)
          && holds.test(notes)) {
        return;
      }
      Thread.sleep(POLL_MILLIS);
    }
    throw new AssertionError("it never came so far: " + Files.exists(file));
  }

  private static Process start(Plant plant) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                SyncNode.class.getName(),
                "--set",
                "poll=20ms"));
    for (String setting : plant.settings()) {
      command.addAll(List.of("--set", setting));
    }
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(plant.temp.resolve("log").toFile());
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    return builder.start();
  }
}
