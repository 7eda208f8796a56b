package io.edgeflow.models.cli;

import io.edgeflow.inference.bundle.Bundle;
import io.edgeflow.inference.bundle.BundleFile;
import io.edgeflow.inference.bundle.Manifest;
import io.edgeflow.inference.bundle.Output;
import io.edgeflow.inference.bundle.Threshold;
import io.edgeflow.inference.golden.GoldenReport;
import io.edgeflow.models.replay.OpenBundle;
import io.edgeflow.process.http.Json;
import io.edgeflow.process.lifecycle.ExitCodes;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./edgeflow model inspect}. */
@Command(
    name = "inspect",
    mixinStandardHelpOptions = true,
    description = {
      "Shows what a bundle is, needs and means, and whether it works here.",
      "",
      "Everything is checked that a gateway checks before it takes a bundle: the files, the "
          + "manifest, that the graph is what the manifest says, and the golden vectors.",
      "  edgeflow model inspect flow-model",
      "",
      "Exits with 1 if the folder is no bundle that is in order, or its golden vectors fail.",
      ""
    })
final class Inspect implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "DIR", description = "The bundle.")
  private Path folder = Path.of("");

  @Option(names = "--json", description = "As one JSON object.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    if (!Files.isDirectory(folder)) {
      throw new ParameterException(spec.commandLine(), folder + " is no folder");
    }
    try (OpenBundle open = OpenBundle.open(folder, Processor.open())) {
      GoldenReport golden = open.prove();
      Map<String, Object> said = document(open.bundle(), golden);
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        out.println(Json.text(said));
      } else {
        said.forEach((what, is) -> print(out, what, is));
      }
      out.flush();
      return golden.passed() ? ExitCodes.DONE : ExitCodes.FAILED;
    }
  }

  private static void print(PrintWriter out, String what, Object is) {
    if (is instanceof List<?> list) {
      out.println(what + ":");
      list.forEach(one -> out.println("  " + one));
    } else {
      out.println(what + ": " + is);
    }
  }

  private static Map<String, Object> document(Bundle bundle, GoldenReport golden) {
    Manifest manifest = bundle.manifest();
    Map<String, Object> said = new LinkedHashMap<>();
    said.put("name", manifest.name());
    said.put("version", manifest.version());
    said.put("digest", bundle.digest().toString());
    said.put("description", manifest.description());
    said.put("input", manifest.input().getClass().getSimpleName());
    said.put("series", manifest.input().selectors().stream().map(Object::toString).toList());
    said.put("rowLength", manifest.input().rowLength());
    said.put("outputs", manifest.outputs().stream().map(Inspect::words).toList());
    said.put("thresholds", manifest.thresholds().stream().map(one -> words(one, bundle)).toList());
    said.put("fittedApart", bundle.parameters().devices().keySet().stream().sorted().toList());
    said.put("files", bundle.files().values().stream().map(Inspect::words).toList());
    said.put("golden", golden.toString());
    said.put("works", golden.passed());
    return said;
  }

  private static String words(Output output) {
    String unit = output.unit().isEmpty() ? "" : " in " + output.unit();
    return output.name() + unit + ": " + output.description();
  }

  private static String words(Threshold threshold, Bundle bundle) {
    double common =
        bundle.parameters().thresholds().getOrDefault(threshold.name(), threshold.value());
    return "%s: %s %s %s%s, may be set from %s to %s"
        .formatted(
            threshold.name(),
            threshold.output(),
            threshold.direction().name().toLowerCase(Locale.ROOT),
            common,
            threshold.hold().isZero() ? "" : " for " + threshold.hold().toMillis() + " ms",
            threshold.min(),
            threshold.max());
  }

  private static String words(BundleFile file) {
    return file.name() + ", " + file.length() + " bytes";
  }
}
