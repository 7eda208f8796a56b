package io.edgeflow.mosquitto;

import static org.junit.jupiter.api.Assertions.fail;

import io.edgeflow.loopback.Loopback;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/**
 * A real Mosquitto in a process of its own, on loopback, that keeps its sessions in a folder. Where
 * there is none the test is skipped with that reason, unless {@code -Dedgeflow.mosquitto=required}
 * makes it fail.
 */
public final class Mosquitto implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** Debian has it where a usual user's path does not lead. */
  private static final String MORE_FOLDERS = "/usr/sbin:/usr/local/sbin:/opt/homebrew/sbin";

  private final Path program;
  private final Path folder;
  private final int port;
  private final List<String> settings;
  private @Nullable Process process;

  private Mosquitto(Path program, Path folder, int port, List<String> settings) {
    this.program = program;
    this.folder = folder;
    this.port = port;
    this.settings = settings;
  }

  /**
   * Starts it, and returns when it answers.
   *
   * @param folder of its own
   * @param more lines of its configuration
   */
  public static Mosquitto startOrSkip(Path folder, String... more) throws IOException {
    Path program = program();
    Files.createDirectories(folder);
    List<String> lines =
        new ArrayList<>(
            List.of(
                "user root",
                "allow_anonymous true",
                "persistence true",
                "persistence_location " + folder + "/",
                "max_queued_messages 100000"));
    lines.addAll(List.of(more));
    int port = Loopback.freePort();
    while (listeners(lines).toList().contains(port)) {
      port = Loopback.freePort();
    }
    Mosquitto broker = new Mosquitto(program, folder, port, lines);
    broker.start();
    return broker;
  }

  private static Path program() {
    String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
    return Stream.of((path + ":" + MORE_FOLDERS).split(":"))
        .map(directory -> Path.of(directory, "mosquitto"))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseGet(Mosquitto::missing);
  }

  private static Path missing() {
    String reason =
        "no Mosquitto on this machine: install it, such as by apt-get install mosquitto";
    if ("required".equals(System.getProperty("edgeflow.mosquitto"))) {
      return fail(reason);
    }
    throw new TestAbortedException(reason);
  }

  public int port() {
    return port;
  }

  /** Again on the same port, with what it kept. */
  public void start() throws IOException {
    // First: settings behind it may be about it.
    List<String> lines = new ArrayList<>(List.of("listener " + port + " 127.0.0.1"));
    lines.addAll(settings);
    Path configuration = Files.write(folder.resolve("mosquitto.conf"), lines);
    Path log = folder.resolve("mosquitto.log");
    Process started =
        new ProcessBuilder(program.toString(), "-c", configuration.toString(), "-v")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    process = started;
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!listeners(lines).allMatch(Loopback::answers)) {
      if (!started.isAlive() || System.nanoTime() > end) {
        close();
        fail("Mosquitto did not start: " + Files.readString(log));
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }

  /** The ports of all of them: they are opened one after the other. */
  private static Stream<Integer> listeners(List<String> lines) {
    return lines.stream()
        .filter(line -> line.startsWith("listener "))
        .map(line -> Integer.valueOf(line.split(" ")[1]));
  }

  /** Ends it as an operator would: it writes down what it keeps. */
  public void stop() throws InterruptedException {
    Process running = process;
    if (running != null) {
      running.destroy();
      if (!running.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        running.destroyForcibly();
      }
      process = null;
    }
  }

  /** What it says of itself, with every packet. */
  public String log() throws IOException {
    return Files.readString(folder.resolve("mosquitto.log"));
  }

  @Override
  public void close() {
    Process running = process;
    if (running != null) {
      // Its port and its files are somebody else's behind this.
      running.destroyForcibly().onExit().join();
      process = null;
    }
  }
}
