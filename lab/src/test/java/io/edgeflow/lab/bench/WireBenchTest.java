package io.edgeflow.lab.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Sizes are the same on every machine, so the targets are asserted here. */
final class WireBenchTest {
  private final StringWriter out = new StringWriter();

  private int run(String... args) {
    return new CommandLine(new Bench())
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(out))
        .execute(args);
  }

  @Test
  void reachesBothTargetsWithTheSimulatedPlant() {
    assertEquals(0, run("wire", "--minutes", "2"), out::toString);
    assertTrue(
        out.toString()
            .matches(
                "(?s)wire: 1,000 series.*two decimals +\\d+\\.\\d\\d in frames"
                    + " \\(target 16: reached\\).*full doubles +\\d+\\.\\d\\d in frames"
                    + " \\(target 45: reached\\).*"),
        out::toString);
  }

  @Test
  void printsJson() {
    assertEquals(0, run("wire", "--series", "20", "--minutes", "1", "--json"));
    assertTrue(
        out.toString()
            .matches("\\{\"benchmark\":\"wire\",\"series\":20,.*\"fullDoubles\":\\{.*}}\\R"),
        out::toString);
  }

  @Test
  void callsWrongUseByItsExitCode() {
    assertEquals(2, run("wire", "--series", "0"));
    assertEquals(2, run("wire", "--minutes", "x"));
  }
}
