package io.edgeflow.lab.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgeflow.lab.child.House;
import io.edgeflow.lab.sim.AcknowledgedAccount;
import io.edgeflow.lab.sim.PayloadForm;
import io.edgeflow.lab.sim.PlantLayout;
import io.edgeflow.lab.sim.PlantPublisher;
import io.edgeflow.lab.sim.PublisherSettings;
import io.edgeflow.lab.sim.SimulatedPoint;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The promise, attacked from outside: sensors publish at QoS 1 and send again what was not
 * acknowledged, while gateway, cloud and database are killed at random moments. Afterwards the
 * database must hold, for every series, each reading that was acknowledged, once.
 *
 * <p>{@code -Dedgeflow.kills=25} kills each of the three that often; {@code -Dedgeflow.seed=N}
 * repeats a run's choices.
 */
final class KillIT {
  private static final Logger log = LoggerFactory.getLogger(KillIT.class);
  private static final int KILLS = Integer.getInteger("edgeflow.kills", 8);
  private static final long SEED = Long.getLong("edgeflow.seed", new Random().nextLong());
  private static final Duration START = Duration.ofSeconds(90);

  private enum Victim {
    GATEWAY,
    CLOUD,
    DATABASE
  }

  private final Random random = new Random(SEED);

  @TempDir Path home;

  @Test
  void keepsEveryAcknowledgedReadingOnceWhoeverIsKilled() throws Exception {
    log.info("seed={} kills={}", SEED, KILLS);
    Instant began = Instant.now();
    List<String> settings = List.of("window.length=2s", "uplink.resendAfter=2s");
    try (House house = new House(home, settings)) {
      house.cloud().start();
      house.gateway().start();
      house.cloud().awaitReady(START);
      house.gateway().awaitReady(START);
      List<PlantPublisher> publishers = publishers(house);
      try {
        publishers.forEach(PlantPublisher::start);
        killAll(house);
        drain(house, publishers);
        compare(house, publishers, began);
      } finally {
        publishers.forEach(PlantPublisher::close);
      }
    }
  }

  private List<PlantPublisher> publishers(House house) {
    List<PlantPublisher> publishers = new ArrayList<>();
    for (PayloadForm form : PayloadForm.values()) {
      List<SimulatedPoint> points = PlantLayout.proof(SEED, EnumSet.of(form), 3).sensors();
      publishers.add(
          new PlantPublisher(
              points,
              PublisherSettings.plain(house.sensors(), "proof-" + form, 60),
              () -> ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now())));
    }
    return publishers;
  }

  private void killAll(House house) throws Exception {
    List<Victim> victims = new ArrayList<>();
    for (Victim victim : Victim.values()) {
      victims.addAll(Collections.nCopies(KILLS, victim));
    }
    Collections.shuffle(victims, random);
    for (Victim victim : victims) {
      // The moment is the point of this test, so here, and only here, time simply passes.
      Thread.sleep(200 + random.nextInt(2_300));
      kill(house, victim);
    }
  }

  private void kill(House house, Victim victim) throws Exception {
    log.info("kill -9 {}", victim);
    switch (victim) {
      case GATEWAY -> {
        house.gateway().child().kill();
        house.gateway().start();
        house.gateway().awaitReady(START);
      }
      case CLOUD -> {
        house.cloud().child().kill();
        // Half of the time the gateway meets the cloud while it starts.
        house.cloud().start();
        if (random.nextBoolean()) {
          house.cloud().awaitReady(START);
        }
      }
      case DATABASE -> house.postmaster().ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  private static void drain(House house, List<PlantPublisher> publishers) throws Exception {
    house.cloud().awaitReady(START);
    for (PlantPublisher publisher : publishers) {
      assertTrue(publisher.drain(START), "not everything was acknowledged");
    }
    long deadline = System.nanoTime() + START.toNanos();
    while (!delivered(house.gateway().json("/api/v1/ledger"))) {
      assertTrue(
          System.nanoTime() < deadline,
          () ->
              "not everything was delivered; the gateway's last words:\n"
                  + house.gateway().child().lastWords());
      Thread.sleep(100);
    }
  }

  private static boolean delivered(JsonNode ledger) {
    return ledger.path("pending").asLong() == 0
        && ledger.path("lanes").path("window").path("buffered").path("frames").asLong() == 0;
  }

  private static void compare(House house, List<PlantPublisher> publishers, Instant began)
      throws IOException {
    Map<String, Long> stored = StoredCounts.of(house, began);
    SortedMap<String, AcknowledgedAccount.Series> published = new TreeMap<>();
    publishers.forEach(publisher -> published.putAll(publisher.account().bySeries()));
    String wrong =
        published.entrySet().stream()
            .filter(entry -> !fits(entry.getValue(), stored.getOrDefault(entry.getKey(), 0L)))
            .map(
                entry ->
                    entry.getKey()
                        + ": "
                        + entry.getValue()
                        + ", stored "
                        + stored.get(entry.getKey()))
            .collect(Collectors.joining("\n"));
    assertEquals("", wrong, "seed " + SEED + ": readings lost or counted twice");
    assertEquals(published.keySet(), stored.keySet(), "seed " + SEED);
    long acknowledged = publishers.stream().mapToLong(p -> p.account().acknowledged()).sum();
    long repetitions = publishers.stream().mapToLong(PlantPublisher::repetitions).sum();
    log.info("acknowledged={} repetitions={} series={}", acknowledged, repetitions, stored.size());
    assertTrue(acknowledged > 1_000, "too few readings to prove anything: " + acknowledged);
    assertTrue(repetitions > 0, "no kill ever hit a message on its way");
  }

  private static boolean fits(AcknowledgedAccount.Series series, long stored) {
    return series.least() <= stored && stored <= series.most();
  }
}
