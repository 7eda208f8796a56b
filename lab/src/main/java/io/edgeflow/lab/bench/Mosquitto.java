package io.edgeflow.lab.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A Mosquitto of this machine, on loopback and without persistence, while a benchmark runs. */
final class Mosquitto implements AutoCloseable {
  private final Process process;

  private Mosquitto(Process process) {
    this.process = process;
  }

  /** Where it is installed, if it is. */
  static Optional<Path> installed() {
    return Stream.of(
            "/usr/sbin", "/usr/local/sbin", "/usr/bin", "/usr/local/bin", "/opt/homebrew/sbin")
        .map(folder -> Path.of(folder, "mosquitto"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  static Mosquitto start(Path binary, Path home, int port) throws IOException {
    Path settings = home.resolve("mosquitto.conf");
    Files.writeString(
        settings,
        """
        listener %d 127.0.0.1
        allow_anonymous true
        persistence false
        """
            .formatted(port));
    return new Mosquitto(
        new ProcessBuilder(List.of(binary.toString(), "-c", settings.toString()))
            .redirectErrorStream(true)
            .redirectOutput(home.resolve("mosquitto.log").toFile())
            .start());
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
