package io.edgeflow.inference.guard;

import io.edgeflow.inference.runtime.ExecutionProvider;
import io.edgeflow.inference.runtime.ThreadBudget;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How a child process is run.
 *
 * @param directory of its own, for its temporary files and its output; emptied at each start
 * @param provider what its parent found to work
 * @param startTimeOut until the model has scored once
 * @param firstBackOff from its death to its next start; doubled with each death, halved never, and
 *     back here after a call that succeeded
 * @param jvmOptions before the main class
 */
public record ChildSettings(
    Path directory,
    ExecutionProvider provider,
    ThreadBudget threads,
    Duration startTimeOut,
    Duration firstBackOff,
    Duration longestBackOff,
    List<String> jvmOptions) {
  /** One thread compiles, the smallest collector, and no word on standard output. */
  private static final List<String> SMALL =
      List.of(
          "-Xmx64m",
          "-Xss512k",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:+DisplayVMOutputToStderr",
          "--enable-native-access=ALL-UNNAMED");

  public ChildSettings {
    jvmOptions = List.copyOf(jvmOptions);
  }

  public static ChildSettings in(Path directory, ExecutionProvider provider, ThreadBudget threads) {
    return new ChildSettings(
        directory,
        provider,
        threads,
        Duration.ofMinutes(2),
        Duration.ofSeconds(1),
        Duration.ofMinutes(5),
        SMALL);
  }
}
