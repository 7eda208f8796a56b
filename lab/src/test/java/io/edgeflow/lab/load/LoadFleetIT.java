package io.edgeflow.lab.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.edgeflow.lab.child.House;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A small fleet through all that may happen to it, against a real cloud. */
@Timeout(180)
final class LoadFleetIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int EDGES = 30;
  private static final int SPEED = 60;

  @TempDir Path home;

  @Test
  void booksBalanceAfterOutagesMassReturnsAndADeathOfTheCloud() throws Exception {
    long seed = new Random().nextInt(1_000_000);
    System.out.println("seed " + seed);
    var addresses = House.Addresses.free();
    var design =
        new House.Design(home, addresses, addresses.cloudBroker(), House.Design.GATEWAY, List.of());
    try (House house = new House(design)) {
      house.cloud().start();
      house.cloud().awaitReady(PATIENCE);
      var shape =
          LoadShape.of(addresses.cloudBroker(), EDGES, seed)
              .withSeries(8)
              .paced(SPEED, false)
              .withEventEvery(Duration.ofMinutes(5))
              .withReconnectCap(Duration.ofSeconds(1));
      long hour = TimeUnit.HOURS.toMicros(1);
      try (LoadFleet fleet = LoadFleet.of(shape, System.currentTimeMillis() * 1_000 - 5 * hour)) {
        fleet.start();
        until("all are there", () -> fleet.sending() == EDGES);
        until("minutes are committed", () -> committed(fleet) >= 3 * EDGES);

        List<String> site = fleet.at(0);
        fleet.cut(site::contains);
        until("a site is away", () -> fleet.sending() == EDGES - site.size());
        until("its minutes wait", () -> fleet.pending() >= 2L * site.size());
        fleet.mend(site::contains);
        until("it has caught up", () -> fleet.sending() == EDGES && fleet.pending() < EDGES);

        fleet.cut(edge -> true);
        until("all are away", () -> fleet.sending() == 0);
        fleet.leap(Duration.ofHours(1));
        until("an hour waits", () -> fleet.pending() >= 60L * EDGES);
        fleet.mend(edge -> true);
        until("some of it is through", () -> fleet.pending() < 50L * EDGES);
        house.cloud().child().kill();
        house.cloud().start();
        house.cloud().awaitReady(PATIENCE);

        until("all are there again", () -> fleet.sending() == EDGES);
        fleet.stopSensing();
        until("nothing waits", () -> fleet.pending() == 0);
        var check = BookCheck.of(fleet.books(), house.cloud().json("/api/v1/ledger?audit=true"));
        assertEquals(List.of(), check.faults(), "seed " + seed);
        assertTrue(check.windows().committed().frames() > 63L * EDGES, check::toString);
        assertTrue(check.events().committed().frames() > 0, check::toString);
      }
    }
  }

  private static long committed(LoadFleet fleet) {
    return fleet.books().stream().mapToLong(book -> book.window().committed().frames()).sum();
  }

  /** Looks again and again, because what it waits for is told to nobody. */
  private static void until(String what, BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        fail("not within " + PATIENCE + ": " + what);
      }
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }
}
