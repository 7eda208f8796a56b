package io.edgeflow.cloud.store;

import io.edgeflow.cloud.store.HelloStore.Guest;
import io.edgeflow.wire.document.Acknowledgement;
import io.edgeflow.wire.document.Hello;
import io.edgeflow.wire.document.Presence;
import io.edgeflow.wire.frame.Frame;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
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
   * @param announcing see {@link WriterSettings}
   * @param commit what a commit is; tests make its outcome unknown
   */
  record Settings(
      DataSource database,
      Layout layout,
      StorageSettings storage,
      int maxSeries,
      Verdicts verdicts,
      boolean announcing,
      InstantSource clock,
      Commit commit) {
    Settings committing(Commit other) {
      return new Settings(database, layout, storage, maxSeries, verdicts, announcing, clock, other);
    }
  }

  /** Ends a transaction. */
  interface Commit {
    void commit(Connection connection) throws SQLException;
  }

  private interface Work<T> {
    T within(Connection connection) throws SQLException;
  }

  /**
   * A server that says nothing for so long is gone, though nobody closed the connection: its host
   * lost power, or a fail-over cut it off. No statement here takes a tenth of it.
   */
  private static final Duration SILENCE = Duration.ofMinutes(2);

  private final Connection connection;
  private final Commit commit;
  private final boolean announcing;
  private final SeriesIds series;
  private final Partitions partitions;
  private final BatchStore frames;
  private final HelloStore hellos;

  private WriterSession(Connection connection, Settings settings) throws SQLException {
    this.connection = connection;
    this.commit = settings.commit();
    this.announcing = settings.announcing();
    this.series = new SeriesIds(settings.maxSeries());
    Routes routes = new Routes(settings.layout(), settings.storage(), settings.clock());
    this.partitions = new Partitions(settings.layout(), routes);
    this.frames = new BatchStore(connection, series, System::nanoTime, settings.clock(), routes);
    this.hellos = new HelloStore(settings.verdicts());
  }

  static WriterSession open(Settings settings) throws SQLException {
    Connection connection = settings.database().getConnection();
    try {
      connection.setNetworkTimeout(Runnable::run, Math.toIntExact(SILENCE.toMillis()));
      return new WriterSession(connection, settings);
    } catch (SQLException | RuntimeException failed) {
      connection.close();
      throw failed;
    }
  }

  /**
   * @param answers to the hellos, in their order
   */
  record Written(CommittedBatch batch, List<Acknowledgement> answers) {}

  /**
   * Stores the frames, then the hellos; all of it holds when this returns, and maybe when it
   * throws.
   */
  Written store(List<Arrival> arrivals, List<Hello> greeting) throws SQLException {
    for (Map.Entry<TimeTable, SortedSet<Long>> need : parts(arrivals).entrySet()) {
      partitions.prepare(connection, need.getKey(), need.getValue());
    }
    return transaction(c -> stored(c, arrivals, greeting));
  }

  private Written stored(Connection c, List<Arrival> arrivals, List<Hello> greeting)
      throws SQLException {
    Batch batch = frames.store(arrivals, greeting.stream().map(Hello::edge).toList());
    if (announcing && !arrivals.isEmpty()) {
      CommitNotice.tell(c, Batch.edges(arrivals));
    }
    List<Guest> guests =
        greeting.stream().map(hello -> new Guest(batch.edge(hello.edge()), hello)).toList();
    return new Written(batch.result(), hellos.store(c, guests));
  }

  CommittedBatch store(List<Arrival> arrivals) throws SQLException {
    return store(arrivals, List.of()).batch();
  }

  Acknowledgement greet(Hello hello) throws SQLException {
    return store(List.of(), List.of(hello)).answers().getFirst();
  }

  /** In the order of edges, so that no two writers wait for each other. */
  void sight(List<Presence> presences) throws SQLException {
    List<Presence> ordered =
        presences.stream().sorted(Comparator.comparing(Presence::edge)).toList();
    transaction(
        c -> {
          NameTable.presences(c, ordered);
          return ordered;
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

  /** Forgets contents of frames that are older than any edge keeps them; answers how many. */
  int forget(Duration age, int most) throws SQLException {
    return transaction(c -> FrameTables.forget(c, age, most));
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

  private static SortedMap<TimeTable, SortedSet<Long>> parts(List<Arrival> arrivals) {
    SortedMap<TimeTable, SortedSet<Long>> parts = new TreeMap<>();
    for (Arrival arrival : arrivals) {
      if (arrival instanceof Arrival.Good good) {
        parts(parts, good.frame());
      }
    }
    return parts;
  }

  private static void parts(SortedMap<TimeTable, SortedSet<Long>> parts, Frame frame) {
    frame.windows().forEach(row -> add(parts, TimeTable.SAMPLE_WINDOW, row.window().startMicros()));
    frame.raw().forEach(row -> add(parts, TimeTable.SAMPLE_RAW, row.timeMicros()));
    frame.changes().forEach(row -> add(parts, TimeTable.SAMPLE_STATE, row.firstMicros()));
    frame.events().forEach(row -> add(parts, TimeTable.EVENT, row.timeMicros()));
  }

  private static void add(
      SortedMap<TimeTable, SortedSet<Long>> parts, TimeTable table, long micros) {
    parts.computeIfAbsent(table, _ -> new TreeSet<>()).add(table.part(micros));
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
