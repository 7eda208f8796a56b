package io.edgeflow.lab.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgeflow.lab.child.House;
import io.edgeflow.mosquitto.Mosquitto;
import io.edgeflow.process.mqtt.BrokerSettings;
import io.edgeflow.process.mqtt.EmbeddedBroker;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A gateway beside a broker that is there already is killed again and again while it reads: each
 * reading that the other broker took counts once, whenever its acknowledgement was lost.
 */
@Timeout(180)
final class SourceKillIT {
  private static final Logger LOG = LoggerFactory.getLogger(SourceKillIT.class);
  private static final Duration START = Duration.ofSeconds(60);
  private static final int KILLS = 5;

  /** Mosquitto keeps 1000 while nobody reads, and drops the others. */
  private static final int READINGS = 900;

  private static final long STAMP = 1_763_672_400_000L;

  @TempDir Path home;

  @Test
  void countsEachReadingOfAMosquittoOnce() throws Exception {
    try (Mosquitto broker = Mosquitto.startOrSkip(home.resolve("mosquitto"))) {
      killWhileItReads(broker.port());
    }
  }

  @Test
  void countsEachReadingOfAHiveMqOnce() throws Exception {
    try (EmbeddedBroker broker =
        EmbeddedBroker.start(BrokerSettings.of("127.0.0.1", 0), services -> {})) {
      killWhileItReads(broker.port());
    }
  }

  private void killWhileItReads(int port) throws Exception {
    long seed = System.nanoTime();
    LOG.info("seed {}", seed);
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    String source =
        "sources={hall-2: {url: \"tcp://127.0.0.1:" + port + "\", topics: [sensors/#]}}";
    try (House house = new House(House.Design.plain(home, List.of(source)))) {
      start(house);
      // The other broker keeps nothing for a session without a subscription.
      Eventually.holds(
          "the source is subscribed",
          () ->
              house
                  .gateway()
                  .json("/api/v1/status")
                  .path("sources")
                  .path(0)
                  .path("state")
                  .asText()
                  .equals("connected"),
          () -> house.gateway().child().lastWords());
      Thread publisher = Thread.ofVirtual().start(() -> publish(port));
      for (int i = 0; i < KILLS; i++) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(20, 400)));
        house.gateway().child().kill();
        start(house);
      }
      publisher.join();
      Eventually.holds(
          "all readings are there",
          () -> distinct(house.gateway().json("/api/v1/ledger")) >= READINGS,
          () -> house.gateway().child().lastWords());
      JsonNode ledger = house.gateway().json("/api/v1/ledger");
      assertEquals(READINGS, distinct(ledger), ledger::toString);
      assertEquals(0, ledger.path("conflict").asLong());
      assertTrue(ledger.path("balanced").asBoolean(), ledger::toString);
      LOG.info("{} came again", ledger.path("duplicate").asLong());
    }
  }

  private static void start(House house) throws IOException {
    house.gateway().start();
    house.gateway().awaitReady(START);
  }

  private static long distinct(JsonNode ledger) {
    return ledger.path("accepted").asLong() - ledger.path("duplicate").asLong();
  }

  private static void publish(int port) {
    try (Sensor sensor = new Sensor(URI.create("tcp://127.0.0.1:" + port))) {
      for (int i = 0; i < READINGS; i++) {
        sensor.publish("sensors/pump-7/flow", "{\"value\":" + i + ",\"ts\":" + (STAMP + i) + "}");
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
      }
    }
  }
}
