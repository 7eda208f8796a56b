package io.edgeflow.lab.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.edgeflow.lab.child.House;
import io.edgeflow.lab.child.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** J4: a killed gateway's directory is copied, and both copies are started. */
final class CloneIT {
  private static final Duration START = Duration.ofSeconds(90);
  private static final long BASE_MILLIS = 1_763_672_400_000L;

  @TempDir Path home;

  @Test
  void twoCopiesOfAKilledDirectoryCountNothingTwiceAndLoseNothing() throws Exception {
    Instant began = Instant.ofEpochMilli(BASE_MILLIS);
    try (House house =
        new House(House.Design.plain(home, List.of("window.length=1h", "uplink.resendAfter=2s")))) {
      house.cloud().start();
      house.gateway().start();
      house.cloud().awaitReady(START);
      house.gateway().awaitReady(START);
      publish(house, 0, 40);
      house.gateway().child().kill();
      copy(home.resolve("gateway"), home.resolve("clone"));

      try (House.Clone copy = house.cloneOfGateway(home.resolve("clone"))) {
        Service clone = copy.gateway();
        house.gateway().start();
        clone.start();
        house.gateway().awaitReady(START);
        clone.awaitReady(START);
        publish(house, 100, 5);
        Eventually.holds("the link works", house.gateway()::linked, () -> "");
        Eventually.holds("the clone's link works", clone::linked, () -> "");
        house.gateway().child().stop(Duration.ofSeconds(10));
        clone.child().stop(Duration.ofSeconds(10));
      }

      Eventually.holds(
          "both copies are stored",
          () -> stored(house, began) >= 45,
          () -> stored(house, began) + "\n" + house.cloud().child().lastWords());
      assertEquals(45, stored(house, began));
      assertEquals(
          0,
          house.cloud().json("/api/v1/ledger").findPath("conflict").findPath("frames").asInt(),
          "equal frames must not look like a conflict");
    }
  }

  private static long stored(House house, Instant began) {
    try {
      return StoredCounts.between(house, began, began.plus(Duration.ofHours(2)))
          .getOrDefault("pump-7/flow", 0L);
    } catch (IOException e) {
      return -1;
    }
  }

  private static void publish(House house, int first, int count) {
    try (Sensor sensor = new Sensor(house.sensors())) {
      for (int i = first; i < first + count; i++) {
        sensor.publish(
            "sensors/pump-7/flow", "{\"value\":" + i + ",\"ts\":" + (BASE_MILLIS + i) + "}");
      }
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
  }
}
