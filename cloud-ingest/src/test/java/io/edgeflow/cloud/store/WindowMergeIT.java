package io.edgeflow.cloud.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.edgeflow.aggregator.window.Window;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The table merges as {@link Window#merge} does, to the bit (W3). */
final class WindowMergeIT {
  private static final int SERIES = 200;
  private static final int ROUNDS = 8;
  private static final double[] ODD = {
    0, 1, -1, 1e140, -1e140, 1e-140, 1e-170, Double.MIN_VALUE, Double.MIN_NORMAL, 0.1, 1.0 / 3
  };

  private static Schema schema;

  @BeforeAll
  static void migrate() throws Exception {
    schema = Schema.create();
  }

  @AfterAll
  static void close() {
    schema.close();
  }

  @Test
  void mergesInSqlAsInJava() throws Exception {
    long seed = System.nanoTime();
    RandomGenerator random = RandomGeneratorFactory.getDefault().create(seed);
    Window[] expected = new Window[SERIES];
    Arrays.setAll(expected, _ -> Window.empty(Plant.START, Plant.MINUTE));
    try (Connection connection = schema.database().getConnection()) {
      connection.setAutoCommit(false);
      WindowTable table = new WindowTable(schema.routes());
      table.prepare(connection);
      for (int round = 0; round < ROUNDS; round++) {
        WindowBatch batch = new WindowBatch(SERIES);
        for (int series = 0; series < SERIES; series++) {
          Window window = random(random);
          batch.add(series, window);
          expected[series] = expected[series].merge(window);
        }
        table.begin();
        table.store(connection, batch, random.nextBoolean());
        connection.commit();
      }
      for (int series = 0; series < SERIES; series++) {
        assertSame(expected[series], read(connection, series), "seed " + seed);
      }
    }
  }

  private static void assertSame(Window expected, Window actual, String message) {
    boolean tiny = Math.abs(expected.m2() - actual.m2()) < 1e-300;
    double m2 = tiny ? expected.m2() : actual.m2();
    assertEquals(expected, with(actual, m2), message);
  }

  private static Window random(RandomGenerator random) {
    long start = Plant.START;
    Window window = Window.empty(start, Plant.MINUTE);
    int readings = random.nextInt(4);
    for (int i = 0; i < readings; i++) {
      long time = start + random.nextInt(5) * 7L;
      double value =
          random.nextBoolean() ? random.nextGaussian() * 50 : ODD[random.nextInt(ODD.length)];
      int kind = random.nextInt(6);
      window =
          window.merge(
              switch (kind) {
                case 0 -> counted(start, 1, 0);
                case 1 -> counted(start, 0, 1);
                default -> one(start, time, value, kind == 2 ? 1 : 0);
              });
    }
    return window;
  }

  private static Window counted(long start, long stale, long bad) {
    double none = Double.NaN;
    return new Window(
        start, Plant.MINUTE, 1, 0, stale, bad, none, none, 0, 0, start, none, start, none);
  }

  private static Window one(long start, long time, double value, long uncertain) {
    return new Window(
        start, Plant.MINUTE, 1, uncertain, 0, 0, value, value, value, 0, time, value, time, value);
  }

  private static Window with(Window w, double m2) {
    return new Window(
        w.startMicros(),
        w.lengthMicros(),
        w.count(),
        w.uncertain(),
        w.stale(),
        w.bad(),
        w.min(),
        w.max(),
        w.sum(),
        m2,
        w.firstMicros(),
        w.first(),
        w.lastMicros(),
        w.last());
  }

  private static Window read(Connection connection, int series) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("select * from sample_window where series_id = ?")) {
      select.setInt(1, series);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return StoredWindow.read(row);
      }
    }
  }
}
