package io.edgeflow.lab.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.lab.drill.ReportOptions.Judged;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

final class ReportOptionsTest {
  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private record Report(int rollouts, List<String> faults) {}

  @Command(name = "sample")
  private static final class Sample implements Callable<Integer> {
    @Mixin private ReportOptions options = new ReportOptions();
    private final Path dir;
    private final List<String> faults;

    Sample(Path dir, List<String> faults) {
      this.dir = dir;
      this.faults = faults;
    }

    @Override
    public Integer call() throws Exception {
      return options.play(
          "sample, seed 7",
          dir,
          (home, console) -> {
            Files.writeString(home.resolve("log"), "a line");
            console.step("something happened");
            var report = new Report(3, faults);
            String text = "\n3 rollouts\n" + console.verdict("sample, seed 7", faults, "it does");
            return new Judged(report, faults, text);
          });
    }
  }

  @Test
  void whatHeldLeavesNothingBehind() throws IOException {
    assertEquals(0, play(List.of()));
    assertEquals(
        """
        drill sample, seed 7, in %s
         0 s  something happened

        3 rollouts

        drill sample, seed 7, 0 s: HELD: it does
        """
            .formatted(folder.toRealPath()),
        words());
    assertFalse(Files.exists(folder.resolve("log")));
  }

  @Test
  void faultsAreNamedAndWhatThereIsToSeeIsKept() {
    assertEquals(1, play(List.of("one", "another")));
    assertTrue(words().endsWith("0 s: FAILED\n  one\n  another\n"), this::words);
    assertTrue(Files.exists(folder.resolve("log")));
  }

  @Test
  void programsGetTheReportAndNothingElse() {
    assertEquals(0, play(List.of(), "--json"));
    assertEquals("{\"rollouts\":3,\"faults\":[]}\n", out.toString().replaceAll("[ \\r]", ""));
    assertTrue(err.toString().contains("something happened"), err::toString);
  }

  private int play(List<String> faults, String... arguments) {
    CommandLine line = new CommandLine(new Sample(folder, faults));
    line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    return line.execute(arguments);
  }

  /** However long the machine took. */
  private String words() {
    return out.toString().replaceAll(" +\\d+ s", " 0 s").replace("\r", "");
  }
}
