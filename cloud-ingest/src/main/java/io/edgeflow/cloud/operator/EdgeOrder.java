package io.edgeflow.cloud.operator;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgeflow.process.lifecycle.ExitCodes;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Commands about one edge. */
abstract class EdgeOrder implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "EDGE", description = "Its name.")
  private String edge = "";

  @Mixin private Reason reason = new Reason();
  @Mixin private CloudOptions cloud = new CloudOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  /** What is said beside who wants it and why. */
  Map<String, String> more() {
    return Map.of();
  }

  @Override
  public final Integer call() throws Exception {
    Map<String, String> words = new HashMap<>(reason.words());
    words.putAll(more());
    JsonNode told =
        cloud.post("/api/v1/edges/" + CloudOptions.encoded(edge) + "/" + spec.name(), words);
    spec.commandLine()
        .getOut()
        .println(edge + ": document " + told.path("number").asText("as before"));
    spec.commandLine().getOut().flush();
    return ExitCodes.DONE;
  }

  /** {@code ./edgeflow rollout forgive}. */
  @Command(
      name = "forgive",
      mixinStandardHelpOptions = true,
      description = {
        "Lets an edge try a bundle again that it refuses since it did badly there.",
        "",
        "'model unblock' does the same at the edge itself.",
        ""
      })
  static final class Forgive extends EdgeOrder {
    @Parameters(index = "1", paramLabel = "DIGEST", description = "Of the bundle, all of it.")
    private String digest = "";

    @Override
    Map<String, String> more() {
      return Map.of("digest", digest);
    }
  }

  /** {@code ./edgeflow rollout reissue}. */
  @Command(
      name = "reissue",
      mixinStandardHelpOptions = true,
      description = {
        "Tells an edge again what it is to run, above every number that it follows.",
        "",
        "That ends a conflict: an edge that follows another document of the same number, because"
            + " two clouds speak to it, or a database was restored. Look first which is right.",
        ""
      })
  static final class Reissue extends EdgeOrder {}
}
