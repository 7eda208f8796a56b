package io.edgeflow.lab.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** That it runs, prints and cleans up; how fast it is, a loaded machine cannot say. */
final class BacklogBenchTest {
  @TempDir Path directory;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    return new CommandLine(new Bench())
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(args);
  }

  @Test
  void printsBothSidesAndLeavesNothingBehind() throws IOException {
    String dir = directory.toString();
    assertEquals(
        0, run("backlog", "--backlog", "1MiB", "--rounds", "1", "--dir", dir), err::toString);
    assertTrue(
        out.toString()
            .matches(
                "(?s)backlog: \\d+ frames.*sealed +[0-9,]+ MiB/s .* ratio +[0-9.]+"
                    + "\\R +read +[0-9,]+ MiB/s .* ratio +[0-9.]+\\R.* 1\\.\\d+ times .*"),
        out::toString);
    try (Stream<Path> left = Files.list(directory)) {
      assertEquals(0, left.count());
    }
  }

  @Test
  void refusesNonsense() {
    assertEquals(2, run("backlog", "--backlog", "0"));
    assertEquals(2, run("backlog", "--backlog", "1000MiB", "--frame", "100"));
  }
}
