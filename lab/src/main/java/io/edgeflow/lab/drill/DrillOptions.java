package io.edgeflow.lab.drill;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.edgeflow.lab.sim.Units;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** What every drill can be told, and how every drill is played on a command line; a mixin. */
final class DrillOptions {
  private static final long STOP_SECONDS = 30;

  @SuppressWarnings("UnusedVariable") // Picocli reads its footer.
  @Mixin
  private Units units = new Units();

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Repeats the choices of a run; the default is a new one each time.")
  private @Nullable Long seed;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "An empty folder to work in; the default is a new one for temporary files.")
  private @Nullable Path dir;

  @Option(
      names = "--keep",
      description = "Keep that folder, with all logs. It is kept anyway if the drill fails.")
  private boolean keep;

  @Option(
      names = "--set",
      paramLabel = "key=value",
      description =
          "A setting of the gateway, over the drill's own; may be repeated. To see one fail: drill"
              + " kill --set journal.acknowledge=received --set journal.commitInterval=1s")
  private List<String> set = new ArrayList<>();

  @Option(names = "--json", description = "Print the result as JSON, and progress on stderr.")
  private boolean json;

  @Spec(Target.MIXEE)
  private @Nullable CommandSpec command;

  private final CountDownLatch ended = new CountDownLatch(1);

  /**
   * Plays it to the exit code of the process.
   *
   * @throws InterruptedException never while nobody presses Ctrl-C
   */
  int play(Drill drill) throws IOException, InterruptedException {
    return play(
        drill.name(), (home, seed, progress) -> Drills.play(drill, set, home, seed, progress));
  }

  /** {@code key=value}, over the drill's own. */
  List<String> settings() {
    return List.copyOf(set);
  }

  /**
   * For a drill that has no process to give settings to.
   *
   * @throws ParameterException if there are any
   */
  void refuseSettings() {
    if (!set.isEmpty()) {
      throw new ParameterException(
          spec().commandLine(), "--set: this drill runs with settings of its own and takes none");
    }
  }

  /** How a drill is played that builds its own stage. */
  @FunctionalInterface
  interface Script {
    DrillResult play(Path home, long seed, Consumer<String> progress)
        throws IOException, InterruptedException;
  }

  /** As the other one. */
  int play(String name, Script script) throws IOException, InterruptedException {
    Thread mine = Thread.currentThread();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(mine), "drill-stop"));
    try (DrillFolder folder = DrillFolder.open(dir)) {
      return play(name, script, folder);
    } finally {
      ended.countDown();
    }
  }

  private int play(String name, Script script, DrillFolder folder)
      throws IOException, InterruptedException {
    Console console = new Console(spec(), json);
    long chosen = chosen(seed);
    console.say("drill %s, seed %d, in %s".formatted(name, chosen, folder.path()));
    DrillResult result = script.play(folder.path(), chosen, console::step);
    folder.keepIf(keep || !result.held());
    console.result(json ? json(result) : result.text());
    if (keep || !result.held()) {
      console.say("everything of it is in " + folder.path());
    }
    return result.held() ? 0 : 1;
  }

  /**
   * @param asked null for a new one
   */
  static long chosen(@Nullable Long asked) {
    return asked == null ? new SecureRandom().nextLong(1_000_000_000L) : asked;
  }

  private CommandSpec spec() {
    if (command == null) {
      throw new IllegalStateException("used without a command line");
    }
    return command;
  }

  private static String json(DrillResult result) throws IOException {
    return new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .writeValueAsString(result.json())
        + "\n";
  }

  /** Ctrl-C: this process must not go before those it started. */
  private void stop(Thread drill) {
    if (ended.getCount() == 0) {
      return;
    }
    drill.interrupt();
    try {
      var _ = ended.await(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }
}
