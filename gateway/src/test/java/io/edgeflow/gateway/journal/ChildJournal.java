package io.edgeflow.gateway.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.edgeflow.gateway.disk.DirectoryInUse;
import io.edgeflow.gateway.disk.NioDisk;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A journal in a process of its own, which appends for as long as it lives and prints what was
 * acknowledged.
 */
final class ChildJournal {
  private final Process process;
  private final Path output;

  private ChildJournal(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  static ChildJournal start(Path directory) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Path output = Files.createTempFile("child-journal", ".txt");
    output.toFile().deleteOnExit();
    Process process =
        new ProcessBuilder(
                java,
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                ChildJournal.class.getName(),
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .redirectOutput(output.toFile())
            .start();
    return new ChildJournal(process, output);
  }

  long pid() {
    return process.pid();
  }

  /** Waits for it. */
  String firstLine() {
    Journals.await(() -> said().contains("\n"));
    return said().lines().findFirst().orElseThrow();
  }

  private String said() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Kills it as the system would; the last number it said was safe, 0 if it said none. */
  long kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
    return acknowledged();
  }

  /** The last number it said was safe so far, 0 if it said none. */
  long acknowledged() {
    return said()
        .lines()
        .filter(line -> line.endsWith("."))
        .mapToLong(line -> Long.parseLong(line.substring(0, line.length() - 1)))
        .max()
        .orElse(0);
  }

  int exitCode() throws InterruptedException {
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      throw new AssertionError("the child does not end");
    }
    return process.exitValue();
  }

  /**
   * Prints a line per acknowledged record: its number and a full stop, so that half a line is known
   * as such.
   */
  public static void main(String[] args) throws IOException {
    PrintStream out = System.out;
    JournalSettings settings =
        Journals.settings(Path.of(args[0]), Duration.ofMillis(1), Duration.ofSeconds(1));
    try (Journal journal = Journal.open(settings, new NioDisk(), new RecordingReplay())) {
      out.println("open");
      appendForEver(journal, out);
    } catch (DirectoryInUse e) {
      out.println("in use by " + e.owner().split(" ")[1]);
    }
  }

  private static void appendForEver(Journal journal, PrintStream out) {
    Durable print = (number, position) -> out.println(number + ".");
    for (int i = 0; ; i++) {
      Journals.await(journal::hasRoom);
      byte[] payload = ("record " + (journal.lastNumber() + 1)).getBytes(UTF_8);
      journal.append(3, payload, 0, payload.length, print);
      if (i % 7 == 0) {
        journal.wantSync();
      }
      if (i % 100 == 99) {
        Journals.await(() -> journal.syncedNumber() > journal.lastNumber() - 50);
      }
      if (i % 5000 == 4999) {
        journal.roll(String.valueOf(journal.lastNumber()).getBytes(UTF_8));
      }
    }
  }
}
