package io.edgeflow.lab.child;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A JVM with this JVM's class path and another main class. It ends when this JVM does, however that
 * ends. What it prints goes to a file.
 */
public final class ChildProcess implements AutoCloseable {
  /** A child compiles as this JVM does: tests of a minute are through before C2 pays. */
  private static final List<String> COMPILER =
      ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
          .filter(option -> option.startsWith("-XX:TieredStopAtLevel="))
          .toList();

  private final Process process;
  private final Path log;

  private ChildProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * What to start.
   *
   * @param prefix comes before the whole command line, and becomes it by {@code exec}
   * @param main the name of a main class
   * @param jvm further options of the JVM
   * @param home the folder that relative directories are relative to
   * @param log where its output is appended
   */
  public record Command(
      List<String> prefix,
      String main,
      List<String> jvm,
      List<String> arguments,
      Path home,
      Path log) {
    public Command(String main, List<String> jvm, List<String> arguments, Path home, Path log) {
      this(List.of(), main, jvm, arguments, home, log);
    }

    Command withMore(List<String> moreJvm, List<String> moreArguments) {
      return new Command(
          prefix, main, together(jvm, moreJvm), together(arguments, moreArguments), home, log);
    }

    private static List<String> together(List<String> some, List<String> more) {
      List<String> all = new ArrayList<>(some);
      all.addAll(more);
      return all;
    }
  }

  public static ChildProcess start(Command command) throws IOException {
    List<String> line = new ArrayList<>(command.prefix());
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(command.jvm());
    line.add("--enable-native-access=ALL-UNNAMED");
    line.add("--sun-misc-unsafe-memory-access=allow");
    line.add("-XX:+UseSerialGC");
    line.addAll(COMPILER);
    line.add("-Dedgeflow.home=" + command.home());
    line.add("-Dedgeflow.parent=" + ProcessHandle.current().pid());
    line.add("-cp");
    line.add(System.getProperty("java.class.path"));
    line.add(command.main());
    line.addAll(command.arguments());
    Process process =
        new ProcessBuilder(line)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(command.log().toFile()))
            .start();
    return new ChildProcess(process, command.log());
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Kills it as kill -9 does and waits until it is gone. */
  public void kill() {
    process.destroyForcibly();
    awaitEnd(Duration.ofSeconds(10));
  }

  /**
   * Waits until it has ended by itself.
   *
   * @return false if it has not in time
   */
  public boolean ended(Duration patience) throws InterruptedException {
    return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Sends SIGTERM and waits.
   *
   * @return its exit code
   * @throws IllegalStateException if it does not end in time
   */
  public int stop(Duration patience) {
    process.destroy();
    awaitEnd(patience);
    return process.exitValue();
  }

  private void awaitEnd(Duration patience) {
    try {
      if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("process " + pid() + " did not end within " + patience);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for process " + pid(), e);
    }
  }

  /** The end of what it printed, for messages. */
  public String lastWords() {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 25), lines.size()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    kill();
  }
}
