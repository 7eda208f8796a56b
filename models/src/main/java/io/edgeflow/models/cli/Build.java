package io.edgeflow.models.cli;

import io.edgeflow.inference.bundle.Selector;
import io.edgeflow.inference.golden.GoldenReport;
import io.edgeflow.models.history.Minutes;
import io.edgeflow.models.history.Past;
import io.edgeflow.models.recipe.BundleWriter;
import io.edgeflow.models.recipe.Fitted;
import io.edgeflow.models.recipe.PcaRecipe;
import io.edgeflow.models.recipe.Recipe;
import io.edgeflow.models.recipe.UnivariateRecipe;
import io.edgeflow.models.recipe.WaveformRecipe;
import io.edgeflow.models.recipe.Wish;
import io.edgeflow.models.replay.OpenBundle;
import io.edgeflow.process.http.Json;
import io.edgeflow.process.lifecycle.ExitCodes;
import io.edgeflow.process.settings.Durations;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./edgeflow model build}. */
@Command(
    name = "build",
    mixinStandardHelpOptions = true,
    description = {
      "Fits a model to a plant's own readings and writes a bundle.",
      "",
      "--from is a CSV file with a head, series,time,value and, if there is one, quality (what "
          + "`buffer export --lane raw` writes can be read), or a running cloud. Give it days of "
          + "normal operation with all its states; up to one percent of faults does no harm.",
      "",
      "A cloud was sent single readings of some series, and minutes of all. Of minutes comes a "
          + "model that looks at minutes: at the edge it gets the same numbers, made of the "
          + "readings there. It does not see what lasts a second, but what lasts.",
      "  edgeflow model build --from http://127.0.0.1:8080 --since 30d --recipe pca \\",
      "    --out pumps --series '{device}/flow,{device}/pressure'",
      "",
      "univariate: one series against its own forecast, level and movement. With a pattern, "
          + "each series that matches is scored on its own, in units of its own spread.",
      "  edgeflow model build --from h.csv --recipe univariate --out flow \\",
      "    --series 'pump-*/flow'",
      "pca: several series of one machine that normally move together. {device} stands for "
          + "each device that has them all.",
      "  edgeflow model build --from h.csv --recipe pca --out pumps \\",
      "    --series '{device}/flow,{device}/pressure'",
      "",
      "waveform: one fast series, such as vibration at 2 000 samples a second, in windows of 1 024 "
          + "samples without a gap. Bursts will do.",
      "  edgeflow model build --from bursts.csv --recipe waveform --out vibration \\",
      "    --series 'pump-*/vibration'",
      "",
      "A score of 1 is where the normal ends, as fitted; the threshold can be moved in "
          + "parameters.json. The new model is held against its golden vectors before this "
          + "command is done.",
      ""
    })
final class Build implements Callable<Integer> {
  /** The recipes by the names that the command knows. */
  enum Kind {
    UNIVARIATE,
    PCA,
    WAVEFORM
  }

  @Mixin private PastOptions past = new PastOptions();

  @Option(
      names = "--series",
      paramLabel = "SELECTOR",
      required = true,
      split = ",",
      description =
          "What to look at: a series, a pattern such as pump-*/flow, or {device}/flow. "
              + "Several for pca: repeat it, or put commas between.")
  private List<String> series = List.of();

  @Option(names = "--recipe", required = true, description = "univariate, pca or waveform.")
  private @Nullable Kind recipe;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "DIR",
      required = true,
      description = "A new folder.")
  private Path out = Path.of("");

  @Option(names = "--name", description = "Of the model (default: the folder's name).")
  private @Nullable String name;

  @Option(
      names = "--model-version",
      paramLabel = "VERSION",
      defaultValue = "1.0.0",
      description = "Of the model (default: ${DEFAULT-VALUE}).")
  private String version = "";

  @Option(
      names = "--period",
      paramLabel = "DURATION",
      description =
          "One sample in such a time, the mean of its readings: 1s, 500ms. Without it each "
              + "reading is a sample (univariate), or the slowest series sets the pace (pca).")
  private @Nullable String period;

  @Option(names = "--json", description = "As one JSON object.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    Wish wish = wish();
    past.check();
    if (Files.exists(out)) {
      throw wrong(out + " is there already; name a new folder");
    }
    Recipe chosen = recipe();
    Past read = past.read(wish.series(), _ -> true, past.grain());
    Fitted fitted = chosen.fit(wish, read);
    BundleWriter.write(out, fitted, read);
    try (OpenBundle open = OpenBundle.open(out, Processor.open())) {
      GoldenReport report = open.prove();
      tell(open, fitted, read, report);
      return report.passed() ? ExitCodes.DONE : ExitCodes.FAILED;
    }
  }

  private Recipe recipe() {
    if (recipe == null) {
      throw wrong("--recipe is missing");
    }
    return switch (recipe) {
      case UNIVARIATE -> UnivariateRecipe.STANDARD;
      case PCA -> PcaRecipe.STANDARD;
      case WAVEFORM -> WaveformRecipe.STANDARD;
    };
  }

  private Wish wish() {
    String word = Arguments.modelName(spec, name, out);
    List<Selector> selectors = Arguments.selectors(spec, series);
    try {
      Optional<Duration> every = Optional.ofNullable(period).map(Durations::parse);
      return new Wish(word, version, selectors, every);
    } catch (IllegalArgumentException broken) {
      throw wrong("--period " + broken.getMessage());
    }
  }

  private void tell(OpenBundle open, Fitted fitted, Past read, GoldenReport report) {
    Map<String, Object> said = new LinkedHashMap<>();
    said.put("folder", out.toString());
    said.put("name", fitted.manifest().name());
    said.put("version", fitted.manifest().version());
    said.put("digest", open.bundle().digest().toString());
    said.put(read instanceof Minutes ? "minutes" : "readings", read.size());
    said.put("rows", fitted.rows());
    said.put("golden", report.toString());
    PrintWriter writer = spec.commandLine().getOut();
    if (json) {
      writer.println(Json.text(said));
    } else {
      writer.println(open.bundle() + " in " + out);
      writer.println(
          "fitted to %d rows of %d %s"
              .formatted(
                  fitted.rows(), read.size(), read instanceof Minutes ? "minutes" : "readings"));
      writer.println(report);
    }
    writer.flush();
  }

  private ParameterException wrong(String what) {
    return new ParameterException(spec.commandLine(), what);
  }
}
