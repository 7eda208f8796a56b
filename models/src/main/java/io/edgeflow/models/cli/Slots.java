package io.edgeflow.models.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgeflow.process.cli.GatewayCalls;
import io.edgeflow.process.cli.GatewayOptions;
import io.edgeflow.process.lifecycle.ExitCodes;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./edgeflow model slots}. */
@Command(
    name = "slots",
    mixinStandardHelpOptions = true,
    description = {
      "Shows which models score in a running gateway, and how they do.",
      "",
      "Also the candidate beside each, how it does in the shadow, what there is to go back to, "
          + "and the last changes.",
      ""
    })
final class Slots implements Callable<Integer> {
  @Mixin private GatewayOptions gateway = new GatewayOptions();

  @Option(names = "--json", description = "As one JSON object.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    try (GatewayCalls calls = gateway.calls()) {
      var models = new GatewayModels(calls);
      JsonNode answer = models.slots();
      if (json) {
        out.println(answer);
      } else if (answer.path("slots").isEmpty()) {
        out.println("No slot is configured.");
      } else {
        answer.path("slots").forEach(slot -> print(out, slot));
      }
    }
    out.flush();
    return ExitCodes.DONE;
  }

  private static void print(PrintWriter out, JsonNode slot) {
    out.printf(Locale.ROOT, "%s: %s%n", text(slot, "slot"), text(slot, "state"));
    line(out, "why", text(slot, "detail"));
    if (!text(slot, "name").isEmpty()) {
      line(
          out,
          "model",
          "%s %s (%s) on %s, %s"
              .formatted(
                  text(slot, "name"),
                  text(slot, "version"),
                  text(slot, "digest"),
                  text(slot, "provider"),
                  text(slot, "source")));
      line(out, "calls", times(slot, "p50Micros", "p99Micros"));
    }
    line(
        out,
        "rows",
        "%d scored, %d without a score; %d readings dropped"
            .formatted(
                slot.path("scored").asLong(),
                slot.path("errors").asLong(),
                slot.path("dropped").asLong()));
    line(out, "candidate", text(slot, "candidate"));
    shadow(out, slot.path("comparison"));
    line(out, "before", text(slot, "before"));
    slot.path("changes").forEach(change -> change(out, change));
  }

  private static void shadow(PrintWriter out, JsonNode report) {
    if (!report.isObject()) {
      return;
    }
    line(
        out,
        "shadow",
        String.format(
            Locale.ROOT,
            "%d rows compared, difference %.6g on average and %.6g at most; %d skipped, %d failed",
            report.path("rows").asLong(),
            report.path("meanDifference").asDouble(),
            report.path("mostDifference").asDouble(),
            report.path("skipped").asLong(),
            report.path("failed").asLong()));
    line(
        out,
        "alarms",
        String.format(
            Locale.ROOT,
            "%.4f of the rows now, %.4f with the candidate, %.4f with both",
            report.path("servingAlarmRate").asDouble(),
            report.path("candidateAlarmRate").asDouble(),
            report.path("bothAlarmRate").asDouble()));
    line(
        out,
        "times",
        times(report, "servingP50Micros", "servingP99Micros")
            + " now, "
            + times(report, "candidateP50Micros", "candidateP99Micros")
            + " with the candidate");
  }

  private static String times(JsonNode node, String median, String p99) {
    return String.format(
        Locale.ROOT,
        "median %.1f µs, p99 %.1f µs",
        node.path(median).asDouble(),
        node.path(p99).asDouble());
  }

  private static void change(PrintWriter out, JsonNode change) {
    String why = text(change, "why");
    line(
        out,
        "change",
        "%s %s by %s%s: %s, %s"
            .formatted(
                Instant.ofEpochMilli(change.path("t").asLong()),
                text(change, "change"),
                text(change, "who"),
                why.isEmpty() ? "" : " (" + why + ")",
                text(change, "outcome"),
                text(change, "detail")));
  }

  private static void line(PrintWriter out, String what, String is) {
    if (!is.isEmpty()) {
      out.printf(Locale.ROOT, "  %-10s %s%n", what, is);
    }
  }

  private static String text(JsonNode node, String key) {
    return node.path(key).asText();
  }
}
