package io.edgeflow.cloud.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.edgeflow.aggregator.window.Window;
import io.edgeflow.cloud.Await;
import io.edgeflow.cloud.store.FaultyPlant.Sent;
import io.edgeflow.wire.document.Acknowledgement;
import io.edgeflow.wire.document.Hello;
import io.edgeflow.wire.frame.FrameId;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Two processes with three writers each, over one database: they are sent the same frames of the
 * same edges, of two sites, good and bad ones mixed with garbage, again and again until each is
 * settled, while backends are killed at whatever statement they are. In the end everything is there
 * exactly once, and no two ever waited for each other.
 */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
final class ParallelWritersIT {
  private static final int WRITERS = 3;
  private static final int EDGES = 6;
  private static final int FRAMES = 24;

  private final long seed = Long.getLong("edgeflow.seed", System.nanoTime());
  private final SplittableRandom random = new SplittableRandom(seed);
  private final List<FaultyPlant> plants = new ArrayList<>();
  private final Set<FrameId> settled = ConcurrentHashMap.newKeySet();
  private final AtomicInteger unreadable = new AtomicInteger();
  private final AtomicInteger unreadableSent = new AtomicInteger();
  private final AtomicInteger kills = new AtomicInteger();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private Schema schema;

  @BeforeEach
  void open() throws Exception {
    schema = Schema.create();
    for (int i = 0; i < EDGES; i++) {
      FaultyPlant plant = new FaultyPlant("pi-" + i, random.split());
      schema.execute(
          "insert into edge (name, site) values ('%s', '%s')"
              .formatted(plant.edge(), i % 2 == 0 ? "south" : "north"));
      try (WriterSession session = WriterSession.open(schema.session())) {
        session.store(List.of(Plant.arrival(plant.brim())));
      }
      for (int frame = 0; frame < FRAMES; frame++) {
        plant.add();
      }
      plants.add(plant);
    }
  }

  @AfterEach
  void close() {
    schema.close();
  }

  @Test
  void storesEverythingOnceThoughWritersOfManyProcessesDie() throws Exception {
    int all = plants.stream().mapToInt(plant -> plant.frames().size()).sum();
    try (FrameWriter one = writer();
        FrameWriter other = writer()) {
      Thread killer = Thread.ofPlatform().daemon().start(this::kill);
      Await.until(
          "somebody was killed, and all settled, seed " + seed,
          () -> {
            for (int i = 0; i < 60; i++) {
              send(random.nextBoolean() ? one : other);
            }
            return kills.get() > 0 && settled.size() == all;
          });
      killer.interrupt();
      killer.join();
      Await.until(
          "all garbage is judged, seed " + seed, () -> unreadable.get() == unreadableSent.get());
    }
    // Some of those at rest were killed.
    schema.database().getHikariPoolMXBean().softEvictConnections();
    assertEquals(windows(), storedWindows(), "seed " + seed);
    assertEquals(alarms(), storedAlarms(), "seed " + seed);
    assertEquals(refusals(), quarantine(), "seed " + seed);
    assertEquals(
        String.valueOf(plants.stream().mapToInt(FaultyPlant::events).sum()),
        schema.one("select sum(events) from alarm_digest_part"),
        "seed " + seed);
    assertEquals("2", schema.one("select count(*) from edgeflow.alarm_digest"), "a site each");
    assertEquals(
        String.valueOf(EDGES + all - refusals().size()),
        schema.one("select sum(committed_frames) from frame_ledger"),
        "seed " + seed);
    assertEquals(unreadableSent.get(), unreadable.get(), "each once, seed " + seed);
    assertEquals(
        List.of(),
        meters.find("edgeflow.writer.retries").tag("reason", "deadlock").counters().stream()
            .map(Counter::count)
            .toList(),
        "two waited for each other, seed " + seed);
  }

  private void send(FrameWriter writer) {
    FaultyPlant plant = plants.get(random.nextInt(plants.size()));
    Sent frame = plant.frames().get(random.nextInt(FRAMES));
    if (settled.contains(frame.id()) && random.nextInt(4) > 0) {
      Sent instead = frame;
      frame =
          plant.frames().stream()
              .filter(sent -> !settled.contains(sent.id()))
              .findFirst()
              .orElse(instead);
    }
    if (random.nextInt(10) == 0) {
      byte[] garbage = frame.bytes().clone();
      garbage[random.nextInt(garbage.length)] ^= 1;
      if (writer.offer(plant.edge(), garbage)) {
        unreadableSent.incrementAndGet();
      }
    }
    writer.offer(plant.edge(), frame.bytes());
  }

  private FrameWriter writer() {
    return new FrameWriter(schema.session(), WRITERS, new Heard(), meters).start();
  }

  /** One at a time, so that there are always some that hold what others wait for. */
  private void kill() {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        TimeUnit.MILLISECONDS.sleep(random.nextInt(30, 200));
        kills.addAndGet(
            Integer.parseInt(
                schema.one(
                    "select count(pg_terminate_backend(pid)) from (select pid from pg_stat_activity"
                        + " where datname = current_database() and pid <> pg_backend_pid()"
                        + " and state <> 'idle' order by random() limit 1) one")));
      } catch (SQLException gone) {
        kills.incrementAndGet();
      } catch (InterruptedException done) {
        return;
      }
    }
  }

  private Map<String, Window> windows() {
    Map<String, Window> expected = new TreeMap<>();
    for (FaultyPlant plant : plants) {
      plant
          .windows()
          .forEach(
              (minute, window) ->
                  expected.put(plant.edge() + "@" + minute, StoredWindow.withoutSpread(window)));
    }
    return expected;
  }

  private Map<String, Window> storedWindows() throws SQLException {
    Map<String, Window> stored = new TreeMap<>();
    read(
        "select e.name as edge, w.* from sample_window w join series s on s.id = w.series_id"
            + " join edge e on e.id = s.edge_id where s.name = 'pump/flow'",
        row -> {
          Window window = StoredWindow.read(row);
          long minute = (window.startMicros() - Plant.START) / Plant.MINUTE;
          stored.put(row.getString("edge") + "@" + minute, StoredWindow.withoutSpread(window));
        });
    return stored;
  }

  private Map<String, String> alarms() {
    Map<String, String> expected = new TreeMap<>();
    for (FaultyPlant plant : plants) {
      plant
          .newest()
          .forEach(
              (alarm, event) ->
                  expected.put(
                      plant.edge() + ":" + alarm,
                      event.timeMicros() + " " + event.detail().get("state")));
    }
    return expected;
  }

  private Map<String, String> storedAlarms() throws SQLException {
    Map<String, String> stored = new TreeMap<>();
    read(
        "select e.name || ':' || a.id, (extract(epoch from a.time) * 1000000)::bigint || ' '"
            + " || a.state from alarm a join edge e on e.id = a.edge_id",
        row -> stored.put(row.getString(1), row.getString(2)));
    return stored;
  }

  private Set<String> refusals() {
    Set<String> expected = new TreeSet<>();
    for (FaultyPlant plant : plants) {
      for (Sent frame : plant.frames()) {
        if (!frame.refusal().isEmpty()) {
          expected.add(plant.edge() + " " + frame.id().number() + " " + frame.refusal());
        }
      }
    }
    return expected;
  }

  private Set<String> quarantine() throws SQLException {
    List<String> stored = new ArrayList<>();
    read(
        "select edge, number, reason from quarantine",
        row -> stored.add(row.getString(1) + " " + row.getLong(2) + " " + row.getString(3)));
    Set<String> once = new TreeSet<>(stored);
    assertEquals(once.size(), stored.size(), "each once, seed " + seed);
    return once;
  }

  private interface Row {
    void read(ResultSet row) throws SQLException;
  }

  private void read(String query, Row each) throws SQLException {
    try (Connection connection = schema.database().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        each.read(rows);
      }
    }
  }

  private final class Heard implements WriterListener {
    @Override
    public void committed(CommittedBatch batch) {
      batch.settled().forEach(frame -> settled.add(frame.id()));
    }

    @Override
    public void greeted(Hello hello, Acknowledgement answer) {}

    @Override
    public void unreadable(String edge, String reason) {
      unreadable.incrementAndGet();
    }
  }
}
