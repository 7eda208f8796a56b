package io.edgeflow.lab.bench;

import com.zaxxer.hikari.HikariDataSource;
import io.edgeflow.cloud.postgres.DatabaseAddress;
import io.edgeflow.cloud.postgres.EmbeddedPostgres;
import io.edgeflow.cloud.store.CommittedBatch;
import io.edgeflow.cloud.store.FrameOutcome;
import io.edgeflow.cloud.store.FrameWriter;
import io.edgeflow.cloud.store.Layout;
import io.edgeflow.cloud.store.Migrations;
import io.edgeflow.cloud.store.Pool;
import io.edgeflow.cloud.store.WriterListener;
import io.edgeflow.cloud.store.WriterSettings;
import io.edgeflow.lab.bench.StorePlant.Sent;
import io.edgeflow.wire.document.Acknowledgement;
import io.edgeflow.wire.document.Hello;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.postgresql.PGConnection;

/**
 * Two databases of one server with the same schema: one is written by the cloud's writer, the other
 * by bare COPY. Not thread-safe.
 */
final class StoreSides implements AutoCloseable {
  private static final int MAX_SERIES = 1_000_000;
  private static final long PATIENCE_SECONDS = 300;

  private final EmbeddedPostgres server;
  private final HikariDataSource written;
  private final HikariDataSource copied;
  private final FrameWriter writer;
  private final Semaphore committed = new Semaphore(0);

  private StoreSides(EmbeddedPostgres server, int writers) throws SQLException {
    this.server = server;
    this.written = database("written", writers + 1);
    this.copied = database("copied", 2);
    Layout layout = new Migrations(written).run();
    new Migrations(copied).run();
    this.writer = FrameWriter.start(settings(written, layout, writers), new Count());
  }

  static StoreSides start(Path home, int writers) throws IOException, SQLException {
    EmbeddedPostgres server = EmbeddedPostgres.start(home);
    try {
      return new StoreSides(server, writers);
    } catch (SQLException | RuntimeException failed) {
      server.close();
      throw failed;
    }
  }

  /** Has the writer make the partitions of these frames in both databases. */
  void prepare(List<Sent> frames) throws Exception {
    write(frames);
    try (Connection from = written.getConnection();
        Statement asking = from.createStatement();
        var rows =
            asking.executeQuery(
                "select c.relname, pg_get_expr(c.relpartbound, c.oid) from pg_class c join"
                    + " pg_inherits i on i.inhrelid = c.oid where i.inhparent ="
                    + " 'sample_window'::regclass and c.relname not like '%other'");
        Connection to = copied.getConnection();
        Statement making = to.createStatement()) {
      while (rows.next()) {
        making.execute(
            "create table %s partition of sample_window %s"
                .formatted(rows.getString(1), rows.getString(2)));
      }
    }
  }

  /** Nanoseconds until all these frames are committed, from a state that is all on disk. */
  long write(List<Sent> frames) throws Exception {
    settle(written);
    return add(frames);
  }

  /** Nanoseconds until all these frames are committed. */
  long add(List<Sent> frames) throws Exception {
    long start = System.nanoTime();
    for (Sent sent : frames) {
      while (!writer.offer(sent.edge(), sent.frame())) {
        LockSupport.parkNanos(100_000);
      }
    }
    if (!committed.tryAcquire(frames.size(), PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new IOException("the frames were not committed in " + PATIENCE_SECONDS + " s");
    }
    return System.nanoTime() - start;
  }

  /** Nanoseconds until all these streams are committed, each in a transaction. */
  long copy(List<byte[]> streams) throws Exception {
    settle(copied);
    try (Connection connection = copied.getConnection()) {
      connection.setAutoCommit(false);
      long start = System.nanoTime();
      for (byte[] stream : streams) {
        var copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(StoreWork.COPY);
        for (int sent = 0; sent < stream.length; sent += 1 << 16) {
          copy.writeToCopy(stream, sent, Math.min(1 << 16, stream.length - sent));
        }
        copy.endCopy();
        connection.commit();
      }
      return System.nanoTime() - start;
    }
  }

  /** What the other side left to be written is not to be paid by this one. */
  private static void settle(HikariDataSource database) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("checkpoint");
    }
  }

  private HikariDataSource database(String name, int connections) throws SQLException {
    DatabaseAddress address = server.address();
    try (HikariDataSource pool = Pool.open(address, "setup", 1);
        Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + name);
    }
    String url = address.url().substring(0, address.url().lastIndexOf('/') + 1) + name;
    return Pool.open(
        new DatabaseAddress(url, address.user(), address.password()), name, connections);
  }

  private static WriterSettings settings(HikariDataSource database, Layout layout, int writers) {
    return new WriterSettings(database, layout, MAX_SERIES, 1 << 22, InstantSource.system())
        .writing(writers);
  }

  @Override
  public void close() throws IOException {
    writer.close();
    written.close();
    copied.close();
    server.close();
  }

  private final class Count implements WriterListener {
    @Override
    public void committed(CommittedBatch batch) {
      committed.release(
          (int)
              batch.settled().stream()
                  .filter(frame -> frame.outcome() == FrameOutcome.COMMITTED)
                  .count());
    }

    @Override
    public void greeted(Hello hello, Acknowledgement answer) {}

    @Override
    public void unreadable(String edge, String reason) {}
  }
}
