package io.edgeflow.lab.bench;

import io.edgeflow.inference.runtime.ExecutionProvider;
import io.edgeflow.lab.bench.ProvidersWork.Absent;
import io.edgeflow.lab.bench.ProvidersWork.Measured;
import io.edgeflow.lab.bench.ProvidersWork.Outcome;
import io.edgeflow.lab.sim.Durations;
import io.edgeflow.lab.sim.Units;
import io.edgeflow.process.files.Folders;
import io.edgeflow.process.http.Json;
import io.edgeflow.process.lifecycle.ExitCodes;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What a GPU is worth. */
@Command(
    name = "providers",
    mixinStandardHelpOptions = true,
    header = "A convolutional model on the processor, CUDA and TensorRT.",
    description = {
      "Rows a second by batch size on every provider that works here, with the ratio to the"
          + " processor's, and how far the scores are off; of the others, why they do not. The"
          + " model is the waveform recipe's: rows of 1024 samples, 64 kernels. All in this"
          + " process. A GPU needs EDGEFLOW_MVN_ARGS=-Pgpu, see docs/models.md.",
      "",
      "Exits with 1 if scores deviate by more than 0.001 of the processor's (of 1 below that)."
    })
public final class ProvidersBench implements Callable<Integer> {
  private static final List<Integer> BATCHES = List.of(1, 16, 64, 256, 1024);
  private static final double TOLERANCE = 1e-3;
  private static final List<ExecutionProvider> PROVIDERS =
      List.of(ExecutionProvider.CPU, ExecutionProvider.CUDA, ExecutionProvider.TENSORRT);

  @Option(
      names = "--time",
      paramLabel = "DURATION",
      defaultValue = "2s",
      converter = Durations.class,
      description = "Of each batch size on each provider (default: ${DEFAULT-VALUE}).")
  private Duration time = Duration.ofSeconds(2);

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @SuppressWarnings("UnusedVariable") // Picocli reads its footer.
  @Mixin
  private Units units = new Units();

  @Mixin private BenchFolder folder;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    if (time.compareTo(Duration.ofMinutes(1)) > 0) {
      throw new ParameterException(spec.commandLine(), "--time is more than a minute");
    }
    Path directory = folder.create("bench-providers");
    try {
      ProvidersWork work = ProvidersWork.open(directory, BATCHES.getLast());
      float[] reference = work.reference();
      List<Outcome> outcomes = new ArrayList<>();
      for (ExecutionProvider provider : PROVIDERS) {
        outcomes.add(work.on(provider, BATCHES, time.toNanos(), reference));
      }
      print(outcomes);
      return outcomes.stream().allMatch(ProvidersBench::agrees) ? ExitCodes.DONE : ExitCodes.FAILED;
    } finally {
      Folders.delete(directory);
    }
  }

  private static boolean agrees(Outcome outcome) {
    return !(outcome instanceof Measured measured) || measured.deviation() <= TOLERANCE;
  }

  private void print(List<Outcome> outcomes) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(
          Json.text(
              Map.of(
                  "benchmark",
                  "providers",
                  "providers",
                  outcomes.stream().map(ProvidersBench::document).toList())));
    } else {
      Measured processor = (Measured) outcomes.getFirst();
      outcomes.forEach(outcome -> out.print(text(outcome, processor)));
    }
    out.flush();
  }

  private static Map<String, Object> document(Outcome outcome) {
    Map<String, Object> said = new LinkedHashMap<>();
    said.put("provider", outcome.provider().name().toLowerCase(Locale.ROOT));
    switch (outcome) {
      case Absent absent -> said.put("absent", absent.why());
      case Measured measured -> {
        said.put("batches", BATCHES);
        said.put("rowsPerSecond", measured.rowsPerSecond());
        said.put("deviation", measured.deviation());
        said.put("agrees", agrees(measured));
      }
    }
    return said;
  }

  private static String text(Outcome outcome, Measured processor) {
    var text = new StringBuilder();
    switch (outcome) {
      case Absent absent ->
          text.append("%s: does not work here: %s%n".formatted(absent.provider(), absent.why()));
      case Measured measured -> {
        text.append(
            String.format(
                Locale.ROOT,
                "%s: scores %s within %.0e (greatest deviation %.1e)%n   rows      rows/s  "
                    + " ratio%n",
                measured.provider(),
                agrees(measured) ? "agree" : "DO NOT AGREE",
                TOLERANCE,
                measured.deviation()));
        for (int i = 0; i < BATCHES.size(); i++) {
          double rate = measured.rowsPerSecond().get(i);
          text.append(
              String.format(
                  Locale.ROOT,
                  "%,7d  %,10.0f  %6.2f%n",
                  BATCHES.get(i),
                  rate,
                  rate / processor.rowsPerSecond().get(i)));
        }
      }
    }
    return text.toString();
  }
}
