package io.edgeflow.lab.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

final class PlantPublisherTest {
  @Test
  void sendsAgainUntilEverythingIsAcknowledgedAndKeepsAnExactAccount() throws Exception {
    long seed = System.nanoTime();
    List<SimulatedPoint> points =
        PlantLayout.proof(seed, EnumSet.allOf(PayloadForm.class), 3).sensors();
    try (var broker = new FlakyBroker(seed, 0.01);
        var publisher = publisher(points, broker.address(), 3_000)) {
      publisher.start();
      await(() -> broker.cuts() >= 25);

      assertTrue(publisher.drain(Duration.ofSeconds(20)), "seed " + seed);

      publisher
          .account()
          .bySeries()
          .forEach((series, account) -> holds(series, account, broker, "seed " + seed));
      assertTrue(publisher.repetitions() > 0, "seed " + seed);
      assertEquals(broker.cuts() + 1, publisher.connections(), "seed " + seed);
    }
  }

  /** Everything distinct is at the broker, and what was counted as acknowledged really was. */
  private static void holds(
      String series, AcknowledgedAccount.Series account, FlakyBroker broker, String seed) {
    boolean together = series.startsWith("together/");
    String prefix = "sensors/" + (together ? "together" : series) + " ";
    Map<String, Integer> kept = broker.kept();
    long distinct = kept.keySet().stream().filter(m -> m.startsWith(prefix)).count();
    long arrivals = sum(kept, prefix);
    long acks = sum(broker.acknowledged(), prefix);
    assertEquals(0, account.open(), series + " " + seed);
    assertTrue(account.acknowledged() > 0, series + " " + seed);
    assertTrue(account.acknowledged() <= acks, series + " " + seed);
    if (account.stamped()) {
      assertEquals(distinct, account.acknowledged(), series + " " + seed);
      assertEquals(account.least(), account.most(), series + " " + seed);
    } else {
      assertTrue(arrivals >= account.least(), series + " " + seed);
      assertTrue(arrivals <= account.most(), series + " " + seed);
    }
  }

  private static long sum(Map<String, Integer> counts, String prefix) {
    return counts.entrySet().stream()
        .filter(e -> e.getKey().startsWith(prefix))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  @Test
  void saysNothingNewWhileTooMuchIsOpen() throws Exception {
    try (var silent = new FlakyBroker(1, 1);
        var publisher = publisher(points(), silent.address(), 10_000)) {
      publisher.start();
      await(() -> silent.cuts() >= 5);

      assertTrue(publisher.account().open() <= 1_000);
      assertEquals(0, publisher.account().acknowledged());
    }
  }

  @Test
  void connectsAsSoonAsThereIsABroker() throws Exception {
    URI address = addressWithoutBroker();
    try (var publisher = publisher(points(), address, 100)) {
      publisher.start();
      try (var broker = new FlakyBroker(address.getPort(), 1, 0)) {
        await(() -> publisher.account().acknowledged() >= 10);

        assertTrue(broker.acknowledged().size() >= 10);
      }
    }
  }

  /**
   * Not from the range of ports that outgoing connections get: one that tries such a port on
   * loopback for long enough ends up connected to itself, and the port is taken.
   */
  private static URI addressWithoutBroker() throws IOException {
    for (int port = 20_000; port < 30_000; port += 7) {
      try (var broker = new FlakyBroker(port, 1, 0)) {
        return broker.address();
      } catch (BindException taken) {
        // The next one.
      }
    }
    throw new IOException("no free port");
  }

  /** Not more: sensors that connect late make up for up to a second. */
  @Test
  void doesNotExceedItsRate() throws Exception {
    try (var broker = new FlakyBroker(1, 0);
        var publisher = publisher(points(), broker.address(), 500)) {
      long begun = System.nanoTime();
      publisher.start();
      await(() -> publisher.account().acknowledged() >= 500);
      long acknowledged = publisher.account().acknowledged();
      double seconds = (System.nanoTime() - begun) / 1e9;

      assertTrue(acknowledged <= seconds * 500 + 1, acknowledged + " in " + seconds + " s");
    }
  }

  @Test
  void sendsGarbageOnDemandThatNoAccountMentions() throws Exception {
    try (var broker = new FlakyBroker(1, 0)) {
      var settings =
          new PublisherSettings(
              broker.address(),
              "garbage",
              Optional.empty(),
              100,
              100,
              Optional.of(Duration.ofMillis(20)));
      try (var publisher = new PlantPublisher(points(), settings, PlantPublisherTest::now)) {
        publisher.start();
        await(() -> broker.kept().keySet().stream().anyMatch(m -> m.startsWith("somewhere/else")));

        assertEquals(1, publisher.account().bySeries().size());
      }
    }
  }

  private static List<SimulatedPoint> points() {
    return new ArrayList<>(PlantLayout.proof(1, EnumSet.of(PayloadForm.JSON), 1).sensors());
  }

  private static PlantPublisher publisher(List<SimulatedPoint> points, URI broker, double rate) {
    return new PlantPublisher(
        points, PublisherSettings.plain(broker, "proof", rate), PlantPublisherTest::now);
  }

  private static long now() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < deadline, "waited in vain");
      TimeUnit.MILLISECONDS.sleep(2);
    }
  }
}
