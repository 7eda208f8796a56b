package io.edgeflow.cloud.operator;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgeflow.process.cli.CloudLogin;
import io.edgeflow.process.cli.CommandRunner;
import io.edgeflow.process.cli.WebAddress;
import io.edgeflow.process.lifecycle.ExitCodes;
import java.io.PrintWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./edgeflow ledger}. */
@Command(
    name = "edgeflow ledger",
    mixinStandardHelpOptions = true,
    description = {
      "Prints what became of every frame that the edges of a running cloud have numbered.",
      "",
      "Edges put readings into numbered frames, and the cloud keeps account of the numbers. Each"
          + " number has one fate:",
      "",
      "  committed    its readings are in the database",
      "  superseded   a coarser frame carries its readings, and counts by itself",
      "  refused      not wanted; its bytes are in the table quarantine",
      "  conflict     other content has its number; the edge keeps the bytes",
      "  dropped      given up by the edge, for want of room or after damage",
      "  lost         committed once, but not in this database, which was restored",
      "               or failed over, and the edge does not hold it any more",
      "  missing      announced, and not here: waiting at the edge, or on its way",
      "",
      "contested counts other content that came under a number that was settled, as two copies of a"
          + " running edge would send it. It is not part of the sum.",
      "",
      "The ledger balances if every lane of every start of an edge does: the running total that the"
          + " edge wrote into its newest frame is the sum of the readings of all fates. What is"
          + " missing does not keep it from balancing; it is just not there yet. With --audit the"
          + " readings in the tables are counted as well, and must be those that are committed.",
      ""
    },
    footer = {
      "",
      "Exit code: 0 it balances; 1 it does not, or the cloud cannot be asked; 2 wrong use.",
      "",
      "  edgeflow ledger --audit",
      "  edgeflow ledger --edge pi-7 --detail",
      "  edgeflow ledger --json | jq '.named[] | select(.fate == \"lost\")'"
    })
public final class Ledger implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** A little more than the cloud's own. */
  private static final Duration PATIENCE_OF_AUDITS = Duration.ofSeconds(130);

  @Option(
      names = "--audit",
      description =
          "Also counts the readings in the tables, which takes up to minutes where they are large.")
  private boolean audit;

  @Option(names = "--edge", paramLabel = "EDGE", description = "Only this edge.")
  private String edge = "";

  @Option(
      names = "--detail",
      description = "Names every frame that is not committed, by ranges of their numbers.")
  private boolean detail;

  @Option(
      names = "--json",
      description = "Prints the document of /api/v1/ledger, with every detail, instead of tables.")
  private boolean json;

  @Option(
      names = "--url",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:8080",
      converter = WebAddress.class,
      description = "The cloud's page (default: ${DEFAULT-VALUE}).")
  private URI url = URI.create("http://127.0.0.1:8080");

  @Mixin private CloudLogin login = new CloudLogin();

  @Spec private CommandSpec spec = CommandSpec.create();

  public static void main(String[] args) {
    System.exit(CommandRunner.run(new Ledger(), args));
  }

  @Override
  public Integer call() throws Exception {
    JsonNode ledger = ask();
    if (!edge.isEmpty() && ledger.path("lanes").isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "--edge: no frame of an edge called " + edge + " is known at " + url);
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println(json ? ledger.toPrettyString() : new LedgerReport(ledger, detail).text());
    out.flush();
    return ledger.path("balances").asBoolean() ? ExitCodes.DONE : ExitCodes.FAILED;
  }

  private JsonNode ask() throws Exception {
    String path =
        "/api/v1/ledger?audit=%b&detail=%b&edge=%s"
            .formatted(audit, detail || json, URLEncoder.encode(edge, StandardCharsets.UTF_8));
    try (var cloud = login.open(url)) {
      return cloud.get(path, audit ? PATIENCE_OF_AUDITS : PATIENCE);
    }
  }
}
