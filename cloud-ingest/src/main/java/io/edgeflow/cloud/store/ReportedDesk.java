package io.edgeflow.cloud.store;

import io.edgeflow.wire.document.Reported;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down what edges last said that they run, beside the writer of frames and never in its way.
 * Of each edge only the newest document waits, also while the database is away. Offering is safe on
 * any thread and never waits.
 */
public final class ReportedDesk implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ReportedDesk.class);

  /** With documents of at most 16 KiB this is 16 MiB. */
  private static final int MOST_WAITING = 1_024;

  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration FLUSH = Duration.ofSeconds(2);

  private static final String KNOWN = "select id from edge where name = ?";

  /** Waits for another connection that makes it known at the same time. */
  private static final String EDGE =
      """
      insert into edge (name) values (?) on conflict (name) do update set name = excluded.name
      returning id
      """;

  private static final String STORE =
      """
      insert into reported (edge_id, arrived, document) values (?, ?, ?::jsonb)
      on conflict (edge_id) do update set arrived = excluded.arrived, document = excluded.document
      """;

  private final DataSource database;
  private final InstantSource clock;
  private final EdgeEar ear;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<String, Waiting> waiting = new LinkedHashMap<>();
  private final Thread thread = Thread.ofPlatform().name("reported").unstarted(this::run);
  private boolean closed;
  private boolean away;

  private record Waiting(Reported document, Instant arrived) {}

  private ReportedDesk(DataSource database, InstantSource clock, EdgeEar ear) {
    this.database = database;
    this.clock = clock;
    this.ear = ear;
  }

  public static ReportedDesk start(DataSource database, InstantSource clock, EdgeEar ear) {
    ReportedDesk desk = new ReportedDesk(database, clock, ear);
    desk.thread.start();
    return desk;
  }

  /** False if there is no room, or nobody takes any more: the edge says it again before long. */
  public boolean offer(Reported document) {
    lock.lock();
    try {
      boolean room = waiting.size() < MOST_WAITING || waiting.containsKey(document.edge());
      if (closed || !room) {
        return false;
      }
      waiting.put(document.edge(), new Waiting(document, clock.instant()));
      changed.signal();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Writes down what is here, for at most 2 s. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
    try {
      if (!thread.join(FLUSH)) {
        thread.interrupt();
        thread.join(FLUSH);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      for (Waiting next = take(); next != null; next = take()) {
        store(next);
      }
    } catch (InterruptedException asked) {
      LOG.debug("what edges run is no longer written down");
    }
  }

  private @Nullable Waiting take() throws InterruptedException {
    lock.lock();
    try {
      while (waiting.isEmpty() && !closed) {
        changed.await();
      }
      var first = waiting.entrySet().iterator();
      if (!first.hasNext()) {
        return null;
      }
      Waiting next = first.next().getValue();
      first.remove();
      return next;
    } finally {
      lock.unlock();
    }
  }

  private void store(Waiting next) throws InterruptedException {
    try {
      write(next);
      away = false;
    } catch (SQLException failed) {
      if (DataError.is(failed)) {
        LOG.warn("ignored reported edge={} error={}", next.document().edge(), failed.getMessage());
        return;
      }
      if (!away) {
        LOG.warn("what edges run cannot be written down error={}", failed.getMessage());
      }
      away = true;
      again(next);
      Thread.sleep(PAUSE);
    } catch (RuntimeException fault) {
      LOG.error("ignored reported edge={}", next.document().edge(), fault);
    }
  }

  /** Unless the edge has said something newer. */
  private void again(Waiting next) {
    lock.lock();
    try {
      if (!closed) {
        waiting.putIfAbsent(next.document().edge(), next);
      }
    } finally {
      lock.unlock();
    }
  }

  private void write(Waiting next) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement quick = connection.createStatement()) {
      connection.setAutoCommit(false);
      if (next.document().deployment().isEmpty()) {
        // What a crash takes, the edge says again when it connects.
        quick.execute("set local synchronous_commit = off");
      }
      int edge = edge(connection, next.document().edge());
      if (ear.reported(connection, edge, next.document(), next.arrived())) {
        store(connection, edge, next);
      }
      connection.commit();
    }
    ear.reported(next.document());
  }

  private static int edge(Connection connection, String name) throws SQLException {
    OptionalInt known = id(connection, KNOWN, name);
    return known.isPresent() ? known.getAsInt() : id(connection, EDGE, name).orElseThrow();
  }

  private static OptionalInt id(Connection connection, String statement, String name)
      throws SQLException {
    try (PreparedStatement prepared = connection.prepareStatement(statement)) {
      prepared.setString(1, name);
      try (ResultSet row = prepared.executeQuery()) {
        return row.next() ? OptionalInt.of(row.getInt(1)) : OptionalInt.empty();
      }
    }
  }

  private static void store(Connection connection, int edge, Waiting next) throws SQLException {
    try (PreparedStatement store = connection.prepareStatement(STORE)) {
      store.setInt(1, edge);
      store.setObject(2, OffsetDateTime.ofInstant(next.arrived(), ZoneOffset.UTC));
      store.setString(3, new String(next.document().toBytes(), StandardCharsets.UTF_8));
      store.execute();
    }
  }
}
