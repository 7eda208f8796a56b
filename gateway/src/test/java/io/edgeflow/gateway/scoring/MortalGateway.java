package io.edgeflow.gateway.scoring;

import io.edgeflow.gateway.config.ScoringConfig;
import io.edgeflow.gateway.config.ScoringConfig.Placement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The scoring of a gateway in a process of its own, which dies when a model of a certain name
 * begins to score. Prints what it tells, in the end which model serves and whether the process
 * loaded the runtime.
 */
final class MortalGateway {
  static final String DEADLY = "deadly";
  private static final int DEATH = 9;

  private MortalGateway() {}

  /**
   * @param args the folder, the placement, the configured bundle and perhaps the one to change to
   */
  public static void main(String[] args) throws Exception {
    var rig =
        new ScoringRig(Path.of(args[0])) {
          @Override
          void told(String type, String model) {
            System.out.println(type + " " + model);
            System.out.flush();
            if (type.equals("model-active") && model.equals(DEADLY)) {
              Runtime.getRuntime().halt(DEATH);
            }
          }
        };
    var slot =
        new ScoringConfig("wear", Path.of(args[2]), Placement.valueOf(args[1]), Optional.empty());
    var pace = new GatewayScoring.Pace(Duration.ofMillis(1), Duration.ofMinutes(1));
    try (GatewayScoring scoring = rig.start(pace, slot)) {
      rig.await(() -> scoring.models().getFirst().state().equals("serving"));
      if (args.length > 3) {
        change(scoring, new ModelCommand.Prepare(Path.of(args[3])));
        change(scoring, new ModelCommand.Promote());
      }
      System.out.println("score " + rig.score(scoring, "wear", 1));
      System.out.println(
          "runtime " + Files.readString(Path.of("/proc/self/maps")).contains("onnxruntime"));
      System.out.flush();
    }
  }

  private static void change(GatewayScoring scoring, ModelCommand command) throws Exception {
    scoring.ask("wear", command, new Said("ada", "")).outcome().get(30, TimeUnit.SECONDS);
  }

  /** What a process of it printed. */
  static List<String> run(Path temp, Placement placement, Path... bundles) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                MortalGateway.class.getName(),
                temp.resolve("models").toString(),
                placement.name()));
    Stream.of(bundles).forEach(bundle -> command.add(bundle.toString()));
    Path out = temp.resolve("out.log");
    var builder = new ProcessBuilder(command).redirectOutput(out.toFile());
    builder.redirectError(temp.resolve("err.log").toFile());
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    Process process = builder.start();
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        throw new AssertionError("it does not end: " + Files.readString(out));
      }
    } finally {
      process.destroyForcibly();
    }
    // The log of the process comes on the same stream.
    return Files.readAllLines(out).stream()
        .filter(line -> line.matches("(model-|score|runtime) ?.*"))
        .toList();
  }
}
