package io.edgeflow.gateway.buffer;

import io.edgeflow.gateway.fetch.FetchClient;
import io.edgeflow.gateway.fetch.FetchDocument;
import io.edgeflow.process.cli.GatewayCalls;
import io.edgeflow.process.cli.GatewayOptions;
import io.edgeflow.process.cli.GatewayRefused;
import io.edgeflow.process.cli.ProgressLine;
import io.edgeflow.process.http.Json;
import io.edgeflow.process.lifecycle.ExitCodes;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./edgeflow buffer fetch}. */
@Command(
    name = "fetch",
    mixinStandardHelpOptions = true,
    description = {
      "Sends raw readings to the cloud out of the flight recorder.",
      "",
      "The cloud gets one row per series and minute. The readings behind them stay in "
          + "the gateway's journal while there is room (buffer.keepDelivered). What "
          + "happened to pump 7 before it stopped at ten past six:",
      "  edgeflow buffer fetch --series 'pump-7/*' \\",
      "      --from 2026-01-31T06:00 --to 2026-01-31T06:15",
      "",
      "The readings go out on the raw lane, into the cloud's table sample_raw, behind "
          + "everything else. A fetch reads the whole journal, because readings may have "
          + "arrived late, and it waits while 64 frames of the raw lane wait for the cloud. "
          + "It goes on in the gateway when this command is stopped; --cancel ends it. "
          + "What was sent before is left out.",
      ""
    })
final class Fetch implements Callable<Integer> {
  private static final long LOOK_MILLIS = 200;

  @Option(
      names = "--series",
      paramLabel = "PATTERN",
      description = "Names of series; * is any characters. May be repeated.")
  private List<String> series = List.of();

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description = {
        "When the first reading was measured: ISO-8601, epoch milliseconds, or now-15m.",
        "A time without an offset is one of the gateway's time zone."
      })
  private @Nullable String from;

  @Option(
      names = "--to",
      paramLabel = "TIME",
      defaultValue = "now",
      description = "Before this (default: ${DEFAULT-VALUE}).")
  private String to = "now";

  @Option(
      names = "--limit",
      paramLabel = "READINGS",
      defaultValue = "10000000",
      description = "The most that are sent (default: ${DEFAULT-VALUE}).")
  private long limit;

  @Option(
      names = "--again",
      description = {
        "Sends also what was sent before, when it arrived or later.",
        "The cloud's raw table has it twice then, if it still has it."
      })
  private boolean again;

  @Option(names = "--no-wait", description = "Begins the fetch and ends.")
  private boolean noWait;

  @Option(names = "--cancel", description = "Ends the fetch that is at work; begins none.")
  private boolean cancel;

  @Mixin private GatewayOptions gateway = new GatewayOptions();

  @Option(names = "--json", description = "The outcome as one JSON object.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    try (GatewayCalls calls = gateway.calls()) {
      FetchClient client = new FetchClient(calls);
      FetchDocument fetch = cancel ? client.cancel(client.newest().id()) : begin(client);
      fetch = noWait ? fetch : await(client, fetch);
      FetchReport report = new FetchReport(fetch, gateway.address());
      spec.commandLine().getOut().println(json ? Json.text(fetch) : report.text());
      return report.asWanted(noWait, cancel) ? ExitCodes.DONE : ExitCodes.FAILED;
    }
  }

  private FetchDocument begin(FetchClient client) throws IOException, InterruptedException {
    if (series.isEmpty() || from == null) {
      throw new ParameterException(
          spec.commandLine(), "needs --series PATTERN and --from TIME: --from now-1h");
    }
    try {
      return client.begin(series, from, to, limit, again);
    } catch (GatewayRefused refused) {
      if (refused.wrongQuestion()) {
        throw new ParameterException(spec.commandLine(), refused.getMessage(), refused);
      }
      throw refused;
    }
  }

  private FetchDocument await(FetchClient client, FetchDocument begun)
      throws IOException, InterruptedException {
    try (ProgressLine line = new ProgressLine(spec.commandLine().getErr(), !json)) {
      FetchDocument fetch = begun;
      while (!fetch.ended()) {
        line.show(FetchReport.progress(fetch));
        Thread.sleep(LOOK_MILLIS);
        fetch = client.status(fetch.id());
      }
      return fetch;
    }
  }
}
