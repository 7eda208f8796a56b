package io.edgeflow.cloud.operator;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgeflow.process.cli.CloudClient;
import io.edgeflow.process.cli.CommandRunner;
import io.edgeflow.process.lifecycle.ExitCodes;
import io.edgeflow.process.settings.Nearest;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./edgeflow query}. */
@Command(
    name = "edgeflow query",
    mixinStandardHelpOptions = true,
    description = {
      "Asks a running cloud for some series over some time: the last hour, unless you say"
          + " otherwise.",
      "",
      "Prints a line for each series with its least, mean and greatest value and a picture of the"
          + " means; --csv and --json print every point. Points are as long as fits the time; a"
          + " --step asks for other ones.",
      ""
    },
    footer = {
      "",
      "Exit code: 0 done; 1 there is no such series, or the cloud cannot be asked; 2 wrong use.",
      "",
      "  edgeflow query pi-7/pump-7/flow",
      "  edgeflow query 'pi-*/pump-7/*' --last 7d",
      "  edgeflow query pi-7/pump-7/flow --from 2026-01-01 --to 2026-02-01 --step 1d --tz"
          + " Europe/Berlin --csv"
    })
public final class Query implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Parameters(
      paramLabel = "SERIES",
      arity = "1..*",
      description = "pi-7/pump-7/flow, or a pattern in quotes: 'pi-*/flow'.")
  private List<String> series = List.of();

  @Mixin private Span span = new Span();

  @Option(
      names = "--step",
      paramLabel = "TIME",
      defaultValue = "",
      description = "Of each point: 10s, 1m, 1h, 1d.")
  private String step = "";

  @Option(
      names = "--tz",
      paramLabel = "ZONE",
      defaultValue = "",
      description = "Whose days: Europe/Berlin. Without it, UTC.")
  private String zone = "";

  @Option(names = "--csv", description = "Prints every point.")
  private boolean csv;

  @Option(names = "--json", description = "Prints what the cloud answers.")
  private boolean json;

  @Mixin private CloudOptions cloud = new CloudOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  public static void main(String[] args) {
    System.exit(CommandRunner.run(new Query(), args));
  }

  @Override
  public Integer call() throws Exception {
    if (csv && json) {
      throw new ParameterException(spec.commandLine(), "--csv does not go together with --json");
    }
    var path = new StringBuilder("/api/v1/data?");
    series.forEach(one -> path.append("&series=").append(CloudOptions.encoded(one)));
    path.append(span.query(spec, Instant.now()));
    path.append(step.isEmpty() ? "" : "&step=" + CloudOptions.encoded(step));
    path.append(zone.isEmpty() ? "" : "&tz=" + CloudOptions.encoded(zone));
    try (CloudClient client = cloud.open()) {
      JsonNode data = client.get(path.toString().replace("?&", "?"), PATIENCE);
      boolean missing = complain(client, data);
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        out.println(data.toPrettyString());
      } else if (csv) {
        out.print(QueryTable.csv(data));
      } else if (!data.path("series").isEmpty()) {
        out.println(QueryTable.table(data));
      }
      out.flush();
      return missing ? ExitCodes.FAILED : ExitCodes.DONE;
    }
  }

  /** Whether something was asked for that is not there. */
  private boolean complain(CloudClient client, JsonNode data)
      throws IOException, InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    if (data.path("unknown").isEmpty()) {
      if (data.path("series").isEmpty()) {
        err.println("no series matches " + String.join(", ", series));
        err.flush();
      }
      return data.path("series").isEmpty();
    }
    List<String> all = new ArrayList<>();
    client
        .get("/api/v1/series?limit=5000", PATIENCE)
        .path("series")
        .forEach(one -> all.add(one.path("name").asText()));
    for (JsonNode unknown : data.path("unknown")) {
      String near =
          Nearest.to(unknown.asText(), all)
              .map(name -> "; did you mean " + name + "?")
              .orElse("; /api/v1/series lists them");
      err.println("no series is called " + unknown.asText() + near);
    }
    err.flush();
    return true;
  }
}
