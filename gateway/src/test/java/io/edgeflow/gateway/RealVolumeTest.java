package io.edgeflow.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * A gateway on a small file system of its own, which is really full or really read-only: mounted
 * where only that process sees it. Skipped where this user may not mount anything.
 */
@Timeout(240)
@Execution(ExecutionMode.CONCURRENT)
final class RealVolumeTest {
  /** Mounts, then becomes the command. */
  private static final String MOUNT =
      "mount -t tmpfs -o \"$1\" tmpfs \"$2\" && shift 2 && exec \"$@\"";

  @TempDir Path temp;

  @BeforeEach
  void mayMount() throws Exception {
    List<String> trial = new ArrayList<>(List.of("unshare", "-m", "sh", "-c", MOUNT, "sh"));
    trial.addAll(List.of("size=64k", temp.toString(), "true"));
    Assumptions.assumeTrue(succeeds(trial), "no mount namespaces for this user");
  }

  @Test
  void waitsForAReadOnlyFileSystemToBecomeWritable() throws Exception {
    try (Child child = new Child("ro,size=32m")) {
      String why = child.http.await("/ready", ready -> ready.status() == 503).body();
      assertTrue(why.contains("the file system is read-only"), why);
      assertEquals(200, child.http.get("/health").status());

      child.inside("mount", "-o", "remount,rw", child.volume.toString());
      child.http.await("/ready", ready -> ready.status() == 200);
      try (var sensor = new TestSensor(child.settings.mqttPort)) {
        assertTrue(sensor.acknowledged(sensor.publish(1)), "not acknowledged on a writable disk");
      }
    }
  }

  @Test
  void livesThroughAFullFileSystem() throws Exception {
    try (Child child = new Child("size=8m")) {
      child.http.await("/ready", ready -> ready.status() == 200);
      try (var sensor = new TestSensor(child.settings.mqttPort)) {
        assertTrue(sensor.acknowledged(sensor.publish(1)), "not acknowledged with room");
        String filler = child.volume.resolve("filler").toString();
        child.inside("sh", "-c", "cat /dev/zero > " + filler + " 2>/dev/null || true");
        // More than what is left of the last page that the journal has.
        var late = sensor.publishMany(1_000);
        child.http.await(
            "/ready",
            ready -> ready.body().contains("no space is left") || ready.body().contains("no room"));
        // After 10 s its connection is closed, which is no acknowledgement.
        assertTrue(
            !late.isDone() || late.isCompletedExceptionally(),
            "acknowledged without a byte to write it to");

        child.inside("rm", filler);
        child.http.await("/ready", ready -> ready.status() == 200);
        assertTrue(
            acknowledged(child, sensor, late), "not acknowledged although there is room again");
      }
    }
  }

  /** A sensor whose connection was closed sends again. */
  private static boolean acknowledged(
      Child child, TestSensor sensor, CompletableFuture<Void> publish) throws Exception {
    try {
      return sensor.acknowledged(publish);
    } catch (ExecutionException closed) {
      try (var again = new TestSensor(child.settings.mqttPort)) {
        return again.acknowledged(again.publishMany(1_000));
      }
    }
  }

  /** A gateway in a process and a mount namespace of its own. */
  private final class Child implements AutoCloseable {
    final Path volume = Files.createDirectory(temp.resolve("volume"));
    final EdgeSettings settings = new EdgeSettings(volume.resolve("data"));
    final EdgeHttp http = new EdgeHttp(settings.httpPort);
    private final Process process;

    Child(String mountOptions) throws IOException {
      List<String> command = new ArrayList<>(List.of("unshare", "-m", "sh", "-c", MOUNT, "sh"));
      command.addAll(List.of(mountOptions, volume.toString()));
      command.addAll(
          List.of(
              ProcessHandle.current().info().command().orElse("java"),
              "-Xmx128m",
              "--enable-native-access=ALL-UNNAMED",
              "--sun-misc-unsafe-memory-access=allow",
              "-cp",
              System.getProperty("java.class.path"),
              "io.edgeflow.gateway.Gateway"));
      settings
          .pairs("buffer.freeSpaceFloor=0", "buffer.maxBytes=4MiB", "journal.segmentBytes=64KiB")
          .forEach(pair -> command.addAll(List.of("--set", pair)));
      File log = temp.resolve("gateway.log").toFile();
      process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log).start();
    }

    /** Runs a command that sees the volume, and waits for it. */
    void inside(String... command) throws Exception {
      List<String> whole =
          new ArrayList<>(List.of("nsenter", "-t", Long.toString(process.pid()), "-m"));
      whole.addAll(List.of(command));
      assertTrue(succeeds(whole), () -> "failed: " + whole);
    }

    @Override
    public void close() {
      http.close();
      process.destroyForcibly();
    }
  }

  private static boolean succeeds(List<String> command) throws InterruptedException {
    try {
      return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
    } catch (IOException noSuchCommand) {
      return false;
    }
  }
}
