package io.edgeflow.models.cli;

import io.edgeflow.models.pump.Fault;
import io.edgeflow.models.pump.Quality;
import io.edgeflow.models.pump.QualityTrial;
import io.edgeflow.models.pump.VibrationTrial;
import io.edgeflow.process.http.Json;
import io.edgeflow.process.lifecycle.ExitCodes;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./edgeflow model measure}. */
@Command(
    name = "measure",
    mixinStandardHelpOptions = true,
    description = {
      "Measures the recipes on a simulated pump whose faults are known.",
      "",
      "Fits them to days without faults and counts what they find on later days with "
          + "cavitation, drifting and stuck sensors and spikes. Equal seeds give equal figures. "
          + "precision: the part of the alarms that were at a fault. recall: the part of the "
          + "faults with an alarm that began while they lasted.",
      "waveform looks at the vibration of another pump, fitted to at most two days of bursts, with "
          + "cavitation and damaged bearings. rms is no model: one number with a limit, for "
          + "comparison.",
      "  edgeflow model measure --seed 7",
      ""
    })
final class Measure implements Callable<Integer> {
  /** So many readings fit into memory. */
  private static final int MOST_DAYS_OF_VIBRATION = 2;

  @Option(names = "--seed", defaultValue = "7", description = "Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--training-days",
      defaultValue = "2",
      description = "1 to 30 (default: ${DEFAULT-VALUE}).")
  private int trainingDays;

  @Option(
      names = "--days",
      defaultValue = "4",
      description = "With faults, held back; 1 to 30 (default: ${DEFAULT-VALUE}).")
  private int days;

  @Option(names = "--json", description = "As one JSON object.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    if (trainingDays < 1 || trainingDays > 30 || days < 1 || days > 30) {
      throw new ParameterException(spec.commandLine(), "1 to 30 days can be measured");
    }
    Path folder = Files.createTempDirectory("edgeflow-models-");
    try {
      var trial = new QualityTrial(Processor.open(), folder, seed, trainingDays, days);
      Map<String, Quality> measured = new LinkedHashMap<>();
      measured.put("univariate", trial.univariate());
      measured.put("pca", trial.pca());
      QualityTrial ofMinutes = trial.ofMinutes();
      measured.put("univariate of minutes", ofMinutes.univariate());
      measured.put("pca of minutes", ofMinutes.pca());
      var vibration =
          new VibrationTrial(
              Processor.open(),
              folder.resolve("waveform"),
              seed,
              24 * Math.min(trainingDays, MOST_DAYS_OF_VIBRATION),
              days);
      VibrationTrial.Measured waveform = vibration.run();
      measured.put("waveform", waveform.waveform());
      measured.put("rms", waveform.rms());
      print(measured);
      return ExitCodes.DONE;
    } finally {
      delete(folder);
    }
  }

  private void print(Map<String, Quality> measured) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Map<String, Object> said = new LinkedHashMap<>();
      said.put("seed", seed);
      said.put("trainingDays", trainingDays);
      said.put("days", days);
      measured.forEach((recipe, quality) -> said.put(recipe, document(quality)));
      out.println(Json.text(said));
    } else {
      out.println("seed %d, %d days of training, %d held back".formatted(seed, trainingDays, days));
      measured.forEach((recipe, quality) -> out.println(line(recipe, quality)));
    }
    out.flush();
  }

  private static Map<String, Object> document(Quality quality) {
    Map<String, Object> said = new LinkedHashMap<>();
    said.put("precision", quality.precision());
    said.put("recall", quality.recall());
    for (Fault.Kind kind : quality.faults().keySet()) {
      said.put("recall" + kind.name().charAt(0) + lower(kind).substring(1), quality.recall(kind));
    }
    said.put("alarms", quality.alarms());
    said.put("falseAlarmsPerDay", quality.falseAlarmsPerDay());
    return said;
  }

  private static String line(String recipe, Quality quality) {
    var text = new StringBuilder(recipe);
    text.append(
        String.format(
            Locale.ROOT, ": precision %.2f, recall %.2f", quality.precision(), quality.recall()));
    for (Fault.Kind kind : quality.faults().keySet()) {
      int found = quality.found().getOrDefault(kind, 0);
      int there = quality.faults().getOrDefault(kind, 0);
      text.append(", %s %d of %d".formatted(lower(kind), found, there));
    }
    text.append(
        String.format(Locale.ROOT, "; %.2f false alarms a day", quality.falseAlarmsPerDay()));
    return text.toString();
  }

  private static String lower(Fault.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path one : deepestFirst) {
        Files.delete(one);
      }
    }
  }
}
