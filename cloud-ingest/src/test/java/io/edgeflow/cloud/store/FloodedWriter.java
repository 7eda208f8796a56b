package io.edgeflow.cloud.store;

import com.zaxxer.hikari.HikariDataSource;
import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.aggregator.window.Window;
import io.edgeflow.cloud.postgres.DatabaseAddress;
import io.edgeflow.wire.document.Acknowledgement;
import io.edgeflow.wire.document.HeldIncarnation;
import io.edgeflow.wire.document.HeldLane;
import io.edgeflow.wire.document.Hello;
import io.edgeflow.wire.frame.Frame;
import io.edgeflow.wire.frame.FrameCodec;
import io.edgeflow.wire.frame.FrameLimits;
import io.edgeflow.wire.frame.Lane;
import io.edgeflow.wire.frame.RawRow;
import io.edgeflow.wire.frame.SeriesEntry;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * The writers in a process of their own with little memory, under whatever is large: first while
 * the database holds them up, so that all fills, and then while they write. Prints what was taken
 * once all of that is settled.
 */
final class FloodedWriter {
  private static final int WRITERS = 4;
  private static final int MAX_SERIES = 100;
  private static final int OFFERS = 250;

  private final AtomicInteger greeted = new AtomicInteger();
  private final AtomicInteger settled = new AtomicInteger();
  private final SplittableRandom random;
  private int taken;
  private int hellos;
  private int refused;

  private FloodedWriter(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** Takes the address, user and password of a migrated database, and a seed. */
  public static void main(String[] args) throws Exception {
    DatabaseAddress address = new DatabaseAddress(args[0], args[1], args[2]);
    try (HikariDataSource pool = Pool.open(address, "flood", WRITERS + 2)) {
      new FloodedWriter(Long.parseLong(args[3])).run(pool);
    }
  }

  private void run(HikariDataSource pool) throws Exception {
    InstantSource clock = InstantSource.fixed(Instant.ofEpochMilli(Plant.START / 1000));
    WriterSettings settings =
        new WriterSettings(pool, new Migrations(pool).run(), MAX_SERIES, 0, clock).writing(WRITERS);
    List<byte[]> payloads = new ArrayList<>();
    List<Plant> plants = new ArrayList<>();
    for (int i = 0; i < 3 * WRITERS; i++) {
      Plant plant = new Plant("pi-" + i, random.split());
      plants.add(plant);
      payloads.add(FrameCodec.encode(payload(plant, i / WRITERS)));
    }
    try (FrameWriter writer = FrameWriter.start(settings, new Heard());
        Connection blocker = pool.getConnection();
        Statement statement = blocker.createStatement()) {
      blocker.setAutoCommit(false);
      statement.execute("lock table edge in access exclusive mode");
      for (int i = 0; i < OFFERS || refused < OFFERS / 10; i++) {
        offer(writer, plants, payloads);
      }
      blocker.rollback();
      for (int i = 0; i < OFFERS / 10; i++) {
        offer(writer, plants, payloads);
      }
      while (settled.get() < taken || greeted.get() < hellos) {
        Thread.sleep(10);
      }
    }
    System.out.println("settled frames=%d hellos=%d refused=%d".formatted(taken, hellos, refused));
  }

  private void offer(FrameWriter writer, List<Plant> plants, List<byte[]> payloads) {
    int which = random.nextInt(plants.size());
    String edge = plants.get(which).edge();
    boolean accepted;
    if (random.nextInt(4) == 0) {
      accepted = writer.offer(hello(plants.get(which)));
      hellos += accepted ? 1 : 0;
    } else {
      byte[] bytes = payloads.get(which).clone();
      if (random.nextInt(4) == 0) {
        bytes[random.nextInt(bytes.length)] ^= 1;
      }
      accepted = writer.offer(edge, bytes, settled::incrementAndGet);
      taken += accepted ? 1 : 0;
    }
    refused += accepted ? 0 : 1;
  }

  private Frame payload(Plant plant, int kind) {
    return switch (kind) {
      case 0 -> manyRows(plant);
      case 1 -> longTexts(plant);
      default -> windows(plant);
    };
  }

  /** A few kilobytes that are 200 000 rows; refused, because they are of too many series. */
  private static Frame manyRows(Plant plant) {
    List<SeriesEntry> series =
        IntStream.range(0, MAX_SERIES + 1)
            .mapToObj(i -> Plant.gauge("pump-" + i + "/flow"))
            .toList();
    List<RawRow> rows = new ArrayList<>();
    for (int i = 0; i < FrameLimits.MAX_ROWS; i++) {
      rows.add(new RawRow(i % series.size(), Plant.START, 1, null, Quality.GOOD));
    }
    return plant.raw(series, rows);
  }

  /** Some megabytes of text, packed to a fraction. */
  private static Frame longTexts(Plant plant) {
    char[] text = new char[FrameLimits.MAX_TEXT_CHARS];
    List<RawRow> rows = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      Arrays.fill(text, (char) ('a' + i % 26));
      rows.add(new RawRow(0, Plant.START + i, Double.NaN, new String(text), Quality.GOOD));
    }
    return plant.raw(List.of(Plant.gauge("pump/note")), rows);
  }

  private Frame windows(Plant plant) {
    return plant.windows(
        "pump/flow",
        LongStream.range(0, 30_000)
            .mapToObj(minute -> Plant.window(minute, random.nextDouble()))
            .toArray(Window[]::new));
  }

  private static Hello hello(Plant plant) {
    HeldLane lane = new HeldLane(Lane.WINDOW, 0, 0, List.of());
    HeldIncarnation held = new HeldIncarnation(plant.incarnation(), null, List.of(lane));
    return new Hello(
        plant.edge(), "c1", "north", Map.of(), "UTC", "test", List.of(1), 1, 1, List.of(held));
  }

  private final class Heard implements WriterListener {
    @Override
    public void committed(CommittedBatch batch) {}

    @Override
    public void greeted(Hello hello, Acknowledgement answer) {
      greeted.incrementAndGet();
    }

    @Override
    public void unreadable(String edge, String reason) {}
  }
}
