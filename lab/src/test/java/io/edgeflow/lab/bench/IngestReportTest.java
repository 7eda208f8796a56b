package io.edgeflow.lab.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class IngestReportTest {
  private final IngestReport report = new IngestReport(4, 3, 2);

  private static List<PublishLoad.Result> rates(double... perSecond) {
    return Arrays.stream(perSecond).mapToObj(rate -> new PublishLoad.Result(rate, 0.1, 7)).toList();
  }

  @Test
  void takesTheMedianOfTheRoundsAndTheirRatio() throws Exception {
    report.add(
        new IngestReport.Row(
            1_000, List.of("gateway", "bare"), List.of(rates(90, 30, 50), rates(100, 1, 200))));
    assertEquals(21, report.acknowledgedByGateway());
    JsonNode json = new ObjectMapper().readTree(report.json());
    JsonNode row = json.get("windows").get(0);
    assertEquals(50, row.get("gatewayPerSecond").asDouble());
    assertEquals(100, row.get("barePerSecond").asDouble());
    assertEquals(0.5, row.get("ratioToBare").asDouble());
    assertTrue(row.get("mosquittoPerSecond").isNull());
  }

  @Test
  void saysWhetherTheTargetsAreReached() {
    report.add(
        new IngestReport.Row(
            1_000,
            List.of("gateway", "bare", "mosquitto"),
            List.of(rates(50), rates(100), rates(100))));
    String text = report.text();
    assertTrue(text.contains("0.4 of bare, reached"), text);
    assertTrue(text.contains("0.7 of mosquitto, missed"), text);
  }

  @Test
  void callsWrongUseByItsExitCode() {
    var command = new CommandLine(new Bench()).setErr(new PrintWriter(new StringWriter()));
    assertEquals(2, command.execute("ingest", "--clients", "0"));
    assertEquals(2, command.execute("ingest", "--windows", "0"));
    assertEquals(2, command.execute("ingest", "--seconds", "NaN"));
    assertEquals(2, command.execute("ingest", "--rounds", "0"));
  }
}
