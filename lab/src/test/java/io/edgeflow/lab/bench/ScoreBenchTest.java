package io.edgeflow.lab.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** That it measures and says what; how fast, no test asks. */
final class ScoreBenchTest {
  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();

  private int run(String... args) {
    return new CommandLine(new Bench())
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(out))
        .execute(args);
  }

  @Test
  void comparesEachNumberOfRowsAndLeavesNothingBehind() throws Exception {
    String dir = folder.toString();
    assertEquals(0, run("score", "--rounds", "1", "--dir", dir, "--json"), out::toString);
    assertTrue(
        out.toString()
            .matches(
                "\\{\"benchmark\":\"score\",\"batches\":\\[\\{\"rows\":1,.*\\{\"rows\":64,.*"
                    + "\\{\"rows\":1024,.*\"target\":1.3,.*}]}\\R"),
        out::toString);
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(0, left.count());
    }
  }

  /** Which providers there are depends on the machine; the processor always is. */
  @Test
  void measuresEveryProviderThatWorksAndSaysWhyTheOthersDoNot() {
    String dir = folder.toString();
    assertEquals(0, run("providers", "--time", "1ms", "--dir", dir), out::toString);
    assertTrue(out.toString().startsWith("CPU: scores agree"), out::toString);
    assertTrue(
        out.toString().matches("(?s).*\\nCUDA: (scores agree|does not work here: \\S).*"),
        out::toString);
    assertTrue(
        out.toString().matches("(?s).*\\nTENSORRT: (scores agree|does not work here: \\S).*"),
        out::toString);
  }

  @Test
  void callsWrongUseByItsExitCode() {
    assertEquals(2, run("score", "--rounds", "0"));
  }
}
