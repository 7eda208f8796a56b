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
final class JournalBenchTest {
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
  void printsBothSidesAndTheirRatioAndLeavesNothingBehind() throws IOException {
    String dir = directory.toString();
    assertEquals(
        0, run("journal", "--batches", "5,20", "--seconds", "0.01", "--dir", dir), err::toString);
    assertTrue(
        out.toString()
            .matches(
                "(?s)journal: records of 80 bytes.*journal MB/s   bare MB/s   records/s   ratio"
                    + "\\R +5 +516 .* \\d+\\.\\d{3} \\w+\\R +20 +1,986 .* \\d+\\.\\d{3} \\w+\\R"),
        out::toString);
    try (Stream<Path> left = Files.list(directory)) {
      assertEquals(0, left.count());
    }
  }

  @Test
  void printsJson() {
    String dir = directory.toString();
    String[] small = {"journal", "--batches", "5", "--seconds", "0.01", "--json", "--dir", dir};
    assertEquals(0, run(small), err::toString);
    assertTrue(
        out.toString()
            .matches(
                "\\{\"benchmark\":\"journal\",\"recordBytes\":80,\"results\":\\[\\{\"batch\":5,"
                    + "\"batchBytes\":516,\"journalBytesPerSecond\":\\d+,"
                    + "\"bareBytesPerSecond\":\\d+,\"recordsPerSecond\":\\d+,\"ratio\":[0-9.]+,"
                    + "\"reached\":(true|false)}],\"target\":0.8}\\R"),
        out::toString);
  }

  @Test
  void callsWrongUseByItsExitCode() {
    assertEquals(2, run("journal", "--batches", "0"));
    assertEquals(2, run("journal", "--record-bytes", "0"));
    assertEquals(2, run("journal", "--seconds", "NaN"));
  }
}
