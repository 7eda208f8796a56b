package io.edgeflow.cloud.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a short program and waits for it. */
final class Command {
  private static final Logger LOG = LoggerFactory.getLogger(Command.class);
  private static final Duration SHORT = Duration.ofSeconds(20);

  private Command() {}

  /**
   * @throws IOException naming what the program wrote, when it fails or takes longer
   */
  static void run(Duration limit, List<String> command) throws IOException {
    // Into a file: a server that inherits the output would keep a pipe open for ever.
    Path output = Files.createTempFile("edgeflow-", ".out");
    try {
      Process process = start(command, output);
      if (!await(process, limit)) {
        process.destroyForcibly();
        throw new IOException(command.getFirst() + " took longer than " + limit);
      }
      if (process.exitValue() != 0) {
        throw new IOException(
            String.join(" ", command) + " failed: " + Files.readString(output).strip());
      }
    } finally {
      Files.deleteIfExists(output);
    }
  }

  /** Whether the program exists and succeeds. */
  static boolean tryRun(String... command) {
    try {
      run(SHORT, List.of(command));
      return true;
    } catch (IOException failed) {
      LOG.debug("not usable error={}", failed.getMessage());
      return false;
    }
  }

  private static Process start(List<String> command, Path output) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
    builder.environment().put("LC_ALL", "C");
    return builder.start();
  }

  private static boolean await(Process process, Duration limit) throws IOException {
    try {
      return process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    }
  }
}
