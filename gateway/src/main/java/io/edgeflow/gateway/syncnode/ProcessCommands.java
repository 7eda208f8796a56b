package io.edgeflow.gateway.syncnode;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The real thing. What a command prints is read to its end, and the last of it kept. */
final class ProcessCommands implements Commands {
  private static final int KEPT = 4096;
  private static final int DRAIN_SECONDS = 5;

  @Override
  public CommandOutcome run(List<String> command, Duration limit) throws InterruptedException {
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectInput(new File("/dev/null"))
              .start();
    } catch (IOException refused) {
      return new CommandOutcome.NotStarted(String.valueOf(refused.getMessage()));
    }
    var output = new CompletableFuture<String>();
    Thread.ofVirtual()
        .name("command-output")
        .start(() -> output.complete(last(process.getInputStream())));
    try {
      if (!process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS)) {
        return new CommandOutcome.TimedOut(limit);
      }
      return new CommandOutcome.Ended(process.exitValue(), drained(output));
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  /** A child that it left behind may hold the pipe open. */
  private static String drained(CompletableFuture<String> output) throws InterruptedException {
    try {
      return output.get(DRAIN_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException late) {
      return "";
    }
  }

  private static String last(InputStream in) {
    byte[] kept = new byte[KEPT];
    int length = 0;
    byte[] piece = new byte[KEPT];
    try (in) {
      for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
        int old = Math.min(length, KEPT - n);
        System.arraycopy(kept, length - old, kept, 0, old);
        System.arraycopy(piece, 0, kept, old, n);
        length = old + n;
      }
    } catch (IOException ended) {
      // What was read counts.
    }
    return new String(kept, 0, length, UTF_8);
  }
}
