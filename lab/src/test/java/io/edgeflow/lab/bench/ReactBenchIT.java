package io.edgeflow.lab.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** That actions come, inside and outside, and each part is told; how fast, no test asks. */
final class ReactBenchIT {
  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();

  @Test
  void seesActionsInsideAndOutsideAndLeavesNothingBehind() throws Exception {
    int code =
        new CommandLine(new Bench())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(out))
            .execute("react", "--seconds=2", "--warm-up=2", "--dir=" + folder, "--json");

    assertEquals(0, code, out::toString);
    JsonNode report = new ObjectMapper().readTree(out.toString());
    for (int part = 0; part < 2; part++) {
      JsonNode one = report.path("parts").path(part);
      assertEquals(1 - part, one.path("qos").asInt(-1));
      for (String seen : List.of("inside", "outside", "plain")) {
        assertTrue(one.path(seen).path("count").asInt() > 0, () -> seen + " of " + report);
      }
      double parts = 0;
      for (String hop :
          List.of("hookToRecorder", "throughModel", "scoreToRecorder", "recorderToOutput")) {
        double least = one.path(hop).path("p50Micros").asDouble();
        assertTrue(least > 0, () -> hop + " of " + report);
        parts = Math.max(parts, least);
      }
      assertTrue(one.path("inside").path("p50Micros").asDouble() >= parts, report::toString);
    }
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(0, left.count());
    }
  }
}
