package io.edgeflow.models.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgeflow.process.cli.CloudClient;
import io.edgeflow.process.lifecycle.ExitCodes;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./edgeflow model list}. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = {
      "Shows what was published to a cloud, and where it runs.",
      "  edgeflow model list",
      "  edgeflow model list flow-model      also where and when each version ran",
      ""
    })
final class ListVersions implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "NAME",
      description = "Of a model or a program.")
  private @Nullable String name;

  @Mixin private CloudOptions cloud = new CloudOptions();

  @Option(names = "--json", description = "As one JSON object.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    String path =
        name == null
            ? "/api/v1/models/versions"
            : "/api/v1/models/" + URLEncoder.encode(name, StandardCharsets.UTF_8) + "/versions";
    PrintWriter out = spec.commandLine().getOut();
    try (CloudClient client = cloud.open()) {
      JsonNode answer = client.get(path, PATIENCE);
      if (json) {
        out.println(answer);
      } else if (answer.path("versions").isEmpty() && name == null) {
        out.println("Nothing was published yet: `edgeflow model publish` does.");
      } else {
        answer.path("versions").forEach(version -> print(out, version));
        answer.path("runs").forEach(run -> printRun(out, run));
      }
    }
    out.flush();
    return ExitCodes.DONE;
  }

  private static void print(PrintWriter out, JsonNode version) {
    out.printf(
        Locale.ROOT,
        "%s %s%s  number %d, %.1f MiB, by %s at %s%n  %s%n",
        version.path("model").asText(),
        version.path("version").asText(),
        version.path("kind").asText().equals("application") ? " (program)" : "",
        version.path("number").asLong(),
        version.path("bytes").asLong() / (double) (1 << 20),
        version.path("publisher").asText(),
        Instant.ofEpochMilli(version.path("published").asLong()),
        version.path("digest").asText());
    Map<String, Integer> states = new TreeMap<>();
    version
        .path("edges")
        .forEach(edge -> states.merge(edge.path("state").asText(), 1, Integer::sum));
    states.forEach(
        (state, edges) ->
            out.println("  " + state + " at " + edges + (edges == 1 ? " edge" : " edges")));
  }

  private static void printRun(PrintWriter out, JsonNode run) {
    out.printf(
        "ran %s at %s in %s from %s %s%n",
        run.path("version").asText(),
        run.path("edge").asText(),
        run.path("slot").asText(),
        Instant.ofEpochMilli(run.path("from").asLong()),
        run.path("to").isNull()
            ? "until now"
            : "to " + Instant.ofEpochMilli(run.path("to").asLong()));
  }
}
