package io.edgeflow.cloud.store;

import io.edgeflow.cloud.store.Migrations.Layout;
import io.edgeflow.wire.document.Acknowledgement;
import io.edgeflow.wire.document.Hello;
import io.edgeflow.wire.document.Presence;
import io.edgeflow.wire.frame.Frame;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection of the writer with all that is true only of it: its temporary table, what it knows
 * of ids and partitions. After any failure but a data error it is to be closed and replaced. Not
 * thread-safe.
 */
final class WriterSession implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WriterSession.class);

  /**
   * @param maxSeries per edge
   * @param commit what a commit is; tests make its outcome unknown
   */
  record Settings(
      DataSource database,
      Layout layout,
      int maxSeries,
      Verdicts verdicts,
      InstantSource clock,
      Commit commit) {}

  /** Ends a transaction. */
  interface Commit {
    void commit(Connection connection) throws SQLException;
  }

  private interface Work<T> {
    T within(Connection connection) throws SQLException;
  }

  private final Connection connection;
  private final Commit commit;
  private final SeriesIds series;
  private final Partitions partitions;
  private final BatchStore frames;
  private final HelloStore hellos;

  private WriterSession(Connection connection, Settings settings) throws SQLException {
    this.connection = connection;
    this.commit = settings.commit();
    this.series = new SeriesIds(settings.maxSeries());
    this.partitions = new Partitions(settings.layout(), settings.clock());
    this.frames = new BatchStore(connection, series, System::nanoTime, settings.clock());
    this.hellos = new HelloStore(settings.verdicts());
  }

  static WriterSession open(Settings settings) throws SQLException {
    Connection connection = settings.database().getConnection();
    try {
      return new WriterSession(connection, settings);
    } catch (SQLException | RuntimeException failed) {
      connection.close();
      throw failed;
    }
  }

  /** Stores the frames; all of it holds when this returns, and maybe when it throws. */
  CommittedBatch store(List<Arrival> arrivals) throws SQLException {
    for (Map.Entry<String, SortedSet<Long>> need : weeks(arrivals).entrySet()) {
      partitions.prepare(connection, need.getKey(), need.getValue());
    }
    Batch batch = transaction(c -> frames.store(arrivals));
    return batch.result();
  }

  Acknowledgement greet(Hello hello) throws SQLException {
    return transaction(c -> hellos.store(c, hello));
  }

  void sight(Presence presence) throws SQLException {
    transaction(
        c -> {
          NameTable.presence(c, presence);
          return presence;
        });
  }

  /** What acknowledgements call the database (L12). */
  String database() throws SQLException {
    return Generation.of(connection);
  }

  /** Fails if the server is gone. */
  void check() throws SQLException {
    if (!connection.isValid(5)) {
      throw new SQLException("the server does not answer", "08006");
    }
  }

  /** Forgets contents of frames that are older than any edge keeps them. */
  void forget(Duration age) throws SQLException {
    transaction(
        c -> {
          FrameTables.forget(c, age);
          return age;
        });
  }

  private <T> T transaction(Work<T> work) throws SQLException {
    connection.setAutoCommit(false);
    try {
      T result = work.within(connection);
      commit.commit(connection);
      series.committed();
      connection.setAutoCommit(true);
      return result;
    } catch (SQLException | RuntimeException failed) {
      series.rolledBack();
      rollBack(failed);
      throw failed;
    }
  }

  private void rollBack(Exception failed) {
    try {
      connection.rollback();
      connection.setAutoCommit(true);
    } catch (SQLException gone) {
      failed.addSuppressed(gone);
    }
  }

  private static SortedMap<String, SortedSet<Long>> weeks(List<Arrival> arrivals) {
    SortedMap<String, SortedSet<Long>> weeks = new TreeMap<>();
    for (Arrival arrival : arrivals) {
      if (arrival instanceof Arrival.Good good) {
        weeks(weeks, good.frame());
      }
    }
    return weeks;
  }

  private static void weeks(SortedMap<String, SortedSet<Long>> weeks, Frame frame) {
    frame.windows().forEach(row -> add(weeks, "sample_window", row.window().startMicros()));
    frame.raw().forEach(row -> add(weeks, "sample_raw", row.timeMicros()));
    frame.changes().forEach(row -> add(weeks, "sample_state", row.firstMicros()));
    frame.events().forEach(row -> add(weeks, "event", row.timeMicros()));
  }

  private static void add(SortedMap<String, SortedSet<Long>> weeks, String table, long micros) {
    weeks.computeIfAbsent(table, _ -> new TreeSet<>()).add(Partitions.week(micros));
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException gone) {
      LOG.debug("the connection was gone error={}", gone.getMessage());
    }
  }
}
