package io.edgeflow.gateway.buffer;

import io.edgeflow.gateway.fetch.Moments;
import io.edgeflow.gateway.rawcapture.http.CaptureClient;
import io.edgeflow.gateway.rawcapture.http.CaptureDocument;
import io.edgeflow.process.cli.GatewayCalls;
import io.edgeflow.process.cli.GatewayOptions;
import io.edgeflow.process.cli.GatewayRefused;
import io.edgeflow.process.http.Json;
import io.edgeflow.process.lifecycle.ExitCodes;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./edgeflow buffer capture}. */
@Command(
    name = "capture",
    mixinStandardHelpOptions = true,
    description = {
      "Sends every reading of chosen series to the cloud from now on, for a time.",
      "",
      "Pump 7 rattles; every reading of the next ten minutes shall be seen:",
      "  edgeflow buffer capture --series 'pump-7/*' --for 10m --why 'it rattles'",
      "",
      "The readings go out on the raw lane, into the cloud's table sample_raw. When the time "
          + "is over, or with --end, the series are reported as configured again. Readings of "
          + "the past are sent by fetch.",
      ""
    })
final class Capture implements Callable<Integer> {
  @Option(
      names = "--series",
      paramLabel = "PATTERN",
      description = "Names of series; * is any characters. May be repeated.")
  private List<String> series = List.of();

  @Option(names = "--for", paramLabel = "TIME", description = "For how long: 1s to 24h.")
  private @Nullable String length;

  @Option(
      names = "--who",
      paramLabel = "NAME",
      defaultValue = "${sys:user.name}",
      description = "Who wants it (default: ${DEFAULT-VALUE}).")
  private String who = "";

  @Option(names = "--why", paramLabel = "TEXT", description = "What for.")
  private String why = "";

  @Option(names = "--list", description = "Shows what is at work; begins nothing.")
  private boolean list;

  @Option(names = "--end", paramLabel = "ID", description = "Ends one; begins none.")
  private @Nullable String ended;

  @Mixin private GatewayOptions gateway = new GatewayOptions();

  @Option(names = "--json", description = "The outcome as one JSON object.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    try (GatewayCalls calls = gateway.calls()) {
      CaptureClient client = new CaptureClient(calls);
      if (list) {
        CaptureDocument.Page page = client.list();
        print(page, page.captures().stream().map(Capture::line).toList());
      } else if (ended != null) {
        CaptureDocument over = client.end(ended, who);
        print(over, List.of("ended " + line(over)));
      } else {
        CaptureDocument begun = begin(client);
        print(begun, List.of("captures " + line(begun)));
      }
      return ExitCodes.DONE;
    }
  }

  private CaptureDocument begin(CaptureClient client) throws IOException, InterruptedException {
    if (series.isEmpty() || length == null) {
      throw new ParameterException(
          spec.commandLine(), "needs --series PATTERN and --for TIME: --for 10m");
    }
    try {
      return client.begin(series, length, who, why);
    } catch (GatewayRefused refused) {
      if (refused.wrongQuestion()) {
        throw new ParameterException(spec.commandLine(), refused.getMessage(), refused);
      }
      throw refused;
    }
  }

  private void print(Object document, List<String> lines) {
    String text = lines.isEmpty() ? "nothing is captured on demand" : String.join("\n", lines);
    spec.commandLine().getOut().println(json ? Json.text(document) : text);
  }

  private static String line(CaptureDocument one) {
    String reason = one.why().isEmpty() ? "" : ": " + one.why();
    return one.id()
        + " "
        + one.series().stream().collect(Collectors.joining(", "))
        + " until "
        + Moments.format(one.until() * 1000)
        + " for "
        + one.who()
        + reason;
  }
}
