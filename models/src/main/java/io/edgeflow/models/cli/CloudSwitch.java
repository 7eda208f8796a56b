package io.edgeflow.models.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgeflow.process.http.Json;
import io.edgeflow.process.lifecycle.ExitCodes;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Turns a model off on every edge of a cloud, or on again. */
abstract class CloudSwitch implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Parameters(index = "0", paramLabel = "NAME", description = "Of the model, in any version.")
  private String name = "";

  @Option(
      names = "--who",
      defaultValue = "${sys:user.name}",
      description = "Who wants it (default: ${DEFAULT-VALUE}).")
  private String who = "";

  @Option(names = "--why", defaultValue = "", description = "Kept in the history.")
  private String why = "";

  @Option(
      names = "--force",
      description = "Also if nothing of that name was published, and no edge has such a model.")
  private boolean force;

  @Option(names = "--json", description = "Prints what the cloud answers.")
  private boolean json;

  @Mixin private CloudOptions cloud = new CloudOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public final Integer call() throws Exception {
    if (!name.matches("[a-z0-9_-]{1,64}")) {
      throw new ParameterException(spec.commandLine(), name + " is no name of a model");
    }
    JsonNode done;
    try (var client = cloud.open()) {
      byte[] words = Json.bytes(Map.of("who", who, "why", why));
      String path = "/api/v1/models/" + name + "/" + spec.name() + (force ? "?force=true" : "");
      done = client.send("POST", path, words, PATIENCE).body();
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println(json ? done.toPrettyString() : text(done));
    out.flush();
    return done.path("refused").isEmpty() ? ExitCodes.DONE : ExitCodes.FAILED;
  }

  private String text(JsonNode done) {
    StringBuilder text = new StringBuilder(name).append(": ").append(spec.name()).append("d");
    text.append(done.path("changed").asBoolean() ? told(done.path("told").asInt()) : " already");
    done.path("refused")
        .properties()
        .forEach(
            edge -> text.append("%n  %s: %s".formatted(edge.getKey(), edge.getValue().asText())));
    return text.toString();
  }

  private static String told(int edges) {
    return edges == 1 ? ", 1 edge is told" : ", " + edges + " edges are told";
  }

  /** {@code ./edgeflow model disable}. */
  @Command(
      name = "disable",
      mixinStandardHelpOptions = true,
      description = {
        "Lets no slot of any edge score with a model, whatever its version, until 'model enable'.",
        "",
        "At once where an edge is online; the others hear of it when they return. It holds over"
            + " restarts of edges and cloud, and whatever a rollout says.",
        "",
        "A name that nobody published and no edge reports is refused, as a slip of the pen turns"
            + " nothing off; with --force it holds for whatever comes under it.",
        "",
        "For one slot of one gateway there is 'model change SLOT disable'.",
        ""
      })
  static final class Disable extends CloudSwitch {}

  /** {@code ./edgeflow model enable}. */
  @Command(
      name = "enable",
      mixinStandardHelpOptions = true,
      description = "Lets slots score again with a model that 'model disable' turned off.")
  static final class Enable extends CloudSwitch {}
}
