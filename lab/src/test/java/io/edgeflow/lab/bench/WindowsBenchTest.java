package io.edgeflow.lab.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** That it runs and prints; how fast it is, a loaded machine cannot say. */
final class WindowsBenchTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    return new CommandLine(new Bench())
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(args);
  }

  @Test
  void printsBothSidesAndTheirRatio() {
    assertEquals(0, run("windows", "--series", "10", "--seconds", "0.01"), err::toString);
    assertTrue(
        out.toString()
            .matches(
                "(?s)windows: 10 series .*folded into windows .* M readings/s .*"
                    + "added to bare sums .* M values/s.*ratio +\\d+\\.\\d{3}\\R"),
        out::toString);
  }

  @Test
  void printsJson() {
    assertEquals(0, run("windows", "--series", "10", "--seconds", "0.01", "--json"));
    assertTrue(
        out.toString()
            .matches(
                "\\{\"benchmark\":\"windows\",\"series\":10,\"foldedPerSecond\":\\d+,"
                    + "\"addedPerSecond\":\\d+,\"ratio\":[0-9.]+,\"targetPerSecond\":20000000,"
                    + "\"reached\":(true|false)}\\R"),
        out::toString);
  }

  @Test
  void callsWrongUseByItsExitCode() {
    assertEquals(2, run("windows", "--series", "0"));
    assertEquals(2, run("windows", "--seconds", "NaN"));
    assertEquals(2, run());
    assertEquals(2, run("nonsense"));
  }
}
