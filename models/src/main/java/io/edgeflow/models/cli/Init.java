package io.edgeflow.models.cli;

import io.edgeflow.inference.bundle.BundleDocuments;
import io.edgeflow.inference.bundle.Manifest;
import io.edgeflow.inference.bundle.Selector;
import io.edgeflow.inference.golden.GoldenReport;
import io.edgeflow.inference.runtime.ModelRefusedException;
import io.edgeflow.inference.runtime.ScoringRuntime;
import io.edgeflow.models.history.CsvHistory;
import io.edgeflow.models.history.History;
import io.edgeflow.models.recipe.UnfitException;
import io.edgeflow.models.replay.OpenBundle;
import io.edgeflow.models.skeleton.GraphShape;
import io.edgeflow.models.skeleton.Skeleton;
import io.edgeflow.models.skeleton.UnfinishedBundle;
import io.edgeflow.process.http.Json;
import io.edgeflow.process.lifecycle.ExitCodes;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./edgeflow model init}. */
@Command(
    name = "init",
    mixinStandardHelpOptions = true,
    description = {
      "Begins a bundle from a graph that was made elsewhere.",
      "",
      "The manifest gets what the graph tells: names, shapes, numbers of values. What only its "
          + "maker knows has a default, and the manifest's description says what to fill in. With "
          + "one --series a row is a window of it, with as many as a row has values it is the "
          + "latest value of each.",
      "  edgeflow model init model.onnx --out mine --series 'motor-*/vibration'",
      "  edgeflow model init mine --csv readings.csv",
      "",
      "--csv records golden vectors, without which no gateway takes a bundle: what the model "
          + "answers here to the last of these readings, and to the same with a jump, a stuck "
          + "sensor and a bad reading. Do that after the manifest is filled in, or at once where "
          + "the defaults fit.",
      "",
      "A graph must have one input of float32 whose first axis is the batch, open or 1.",
      ""
    })
final class Init implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "MODEL.ONNX|DIR",
      description = "The graph; or a folder that this command began, to record golden vectors.")
  private Path from = Path.of("");

  @Option(
      names = {"-o", "--out"},
      paramLabel = "DIR",
      description = "A new folder (default: the name of the file without .onnx).")
  private @Nullable Path out;

  @Option(names = "--name", description = "Of the model (default: the folder's name).")
  private @Nullable String name;

  @Option(
      names = "--series",
      paramLabel = "SELECTOR",
      split = ",",
      description = "What a row is made of: pump-1/flow, pump-*/flow, {device}/flow.")
  private List<String> series = List.of();

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      description = "sliding-window, latest-vector or minute-features.")
  private @Nullable String kind;

  @Option(
      names = "--length",
      paramLabel = "N",
      description = "What an axis of the input that is open stands for, besides the batch.")
  private @Nullable Integer length;

  @Option(
      names = "--outputs",
      paramLabel = "N",
      description = "Values a row of an output that does not declare them (default: 1).")
  private @Nullable Integer outputs;

  @Option(
      names = "--csv",
      paramLabel = "FILE",
      description = "Readings to record golden vectors from: series,time,value and quality.")
  private @Nullable Path csv;

  @Option(names = "--json", description = "As one JSON object.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    if (csv != null && !Files.isRegularFile(csv)) {
      throw wrong(csv + " is no file");
    }
    if (Files.isDirectory(from)) {
      if (csv == null) {
        throw wrong(from + " is a folder: --csv is needed to record its golden vectors");
      }
      return record(from, csv);
    }
    if (!Files.isRegularFile(from)) {
      throw wrong(from + " is no file");
    }
    Path folder = out == null ? Path.of(stem(from)) : out;
    if (Files.exists(folder)) {
      throw wrong(folder + " is there already; name a new folder with --out");
    }
    return begin(folder);
  }

  private int begin(Path folder) throws Exception {
    byte[] graph = Files.readAllBytes(from);
    GraphShape shape = GraphShape.of(graph, said(length), said(outputs));
    var skeleton =
        new Skeleton(
            Arguments.modelName(spec, name, folder),
            shape,
            graph.length,
            Arguments.selectors(spec, series),
            kind());
    UnfinishedBundle bundle = UnfinishedBundle.begin(folder, skeleton, graph);
    tryOut(bundle);
    if (csv != null) {
      return record(folder, csv);
    }
    print(
        bundle.manifest(),
        folder,
        "no golden vectors yet: fill in manifest.json, then"
            + " `edgeflow model init %s --csv readings.csv`".formatted(folder));
    return ExitCodes.DONE;
  }

  private static OptionalInt said(@Nullable Integer number) {
    return number == null ? OptionalInt.empty() : OptionalInt.of(number);
  }

  /** A graph that cannot run leaves no folder behind. */
  private static void tryOut(UnfinishedBundle bundle) throws Exception {
    try {
      bundle.load(Processor.open()).close();
    } catch (ModelRefusedException refused) {
      bundle.delete();
      throw refused;
    }
  }

  private int record(Path folder, Path readings) throws Exception {
    UnfinishedBundle bundle = UnfinishedBundle.open(folder);
    Manifest manifest = bundle.manifest();
    List<Selector> selectors = manifest.input().selectors();
    History history =
        CsvHistory.read(readings, name -> selectors.stream().anyMatch(one -> one.matches(name)));
    if (history.isEmpty()) {
      throw new UnfitException(
          "%s has none of the series %s: fill in the input of %s, then `edgeflow model init %s --csv %s`"
              .formatted(
                  readings,
                  selectors,
                  folder.resolve(BundleDocuments.MANIFEST_FILE),
                  folder,
                  readings));
    }
    ScoringRuntime runtime = Processor.open();
    bundle.record(history, runtime);
    try (OpenBundle open = OpenBundle.open(folder, runtime)) {
      GoldenReport report = open.prove();
      print(manifest, folder, report.toString());
      return report.passed() ? ExitCodes.DONE : ExitCodes.FAILED;
    }
  }

  private void print(Manifest manifest, Path folder, String golden) {
    Map<String, Object> said = new LinkedHashMap<>();
    said.put("folder", folder.toString());
    said.put("name", manifest.name());
    said.put("input", manifest.input().getClass().getSimpleName());
    said.put("series", manifest.input().selectors().stream().map(Selector::toString).toList());
    said.put("rowLength", manifest.input().rowLength());
    said.put("outputs", manifest.outputs().size());
    said.put("golden", golden);
    PrintWriter writer = spec.commandLine().getOut();
    if (json) {
      writer.println(Json.text(said));
    } else {
      said.forEach((what, is) -> writer.println(what + ": " + is));
    }
    writer.flush();
  }

  private static String stem(Path file) {
    String text = String.valueOf(file.getFileName());
    return text.endsWith(".onnx") ? text.substring(0, text.length() - 5) : text + "-bundle";
  }

  private Optional<Skeleton.Kind> kind() {
    if (kind == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          Skeleton.Kind.valueOf(kind.strip().toUpperCase(Locale.ROOT).replace('-', '_')));
    } catch (IllegalArgumentException unknown) {
      throw wrong("--kind must be sliding-window, latest-vector or minute-features");
    }
  }

  private ParameterException wrong(String what) {
    return new ParameterException(spec.commandLine(), what);
  }
}
