package io.edgeflow.cloud.store;

import io.edgeflow.cloud.ledger.LaneAccount;
import io.edgeflow.cloud.store.Batch.Item;
import io.edgeflow.wire.frame.Frame;
import io.edgeflow.wire.frame.WindowRow;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One transaction for a batch of frames (L5): lock edges and ledger rows in key order, leave out
 * what is known, store the rows, extend the ledger. Committing is the caller's. Belongs to one
 * connection.
 */
final class BatchStore {
  private static final Logger LOG = LoggerFactory.getLogger(BatchStore.class);

  private final Connection connection;
  private final SeriesIds series;
  private final LongSupplier nanos;
  private final WindowStore windows;
  private final InstantSource clock;
  private final LateAlarms late = new LateAlarms();
  private final RowTables rows;

  BatchStore(
      Connection connection,
      SeriesIds series,
      LongSupplier nanos,
      InstantSource clock,
      Routes routes)
      throws SQLException {
    this.connection = connection;
    this.series = series;
    this.nanos = nanos;
    this.clock = clock;
    this.windows = new WindowStore(routes);
    this.rows = new RowTables(late, routes);
    windows.prepare(connection);
  }

  /**
   * Nothing of it holds before the caller commits; a failure leaves the transaction to be rolled
   * back.
   *
   * @param arrivals one coarse frame, or any number of others
   * @param others edges that the transaction is about to touch: all are locked at once, in order
   */
  Batch store(List<Arrival> arrivals, Collection<String> others) throws SQLException {
    if (arrivals.size() > 1 && arrivals.stream().anyMatch(CoarseFrames::isCoarse)) {
      throw new IllegalArgumentException("a coarse frame beside others: it is judged by itself");
    }
    if (!arrivals.isEmpty()) {
      windows.begin(connection);
    }
    SortedSet<String> names = Batch.edges(arrivals);
    names.addAll(others);
    Map<String, Integer> edges = NameTable.edges(connection, names);
    if (arrivals.isEmpty()) {
      return new Batch(arrivals, edges, new TreeMap<>(), 0);
    }
    SortedMap<LaneKey, LaneAccount> accounts =
        LedgerTable.lock(connection, Batch.keys(arrivals, edges));
    long now = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
    Batch batch = new Batch(arrivals, edges, accounts, now);
    List<FrameTables.Slot> settled = batch.settled();
    List<Item> news =
        batch.judge(settled.isEmpty() ? Map.of() : FrameTables.identities(connection, settled));
    List<Item> admitted = admitted(batch, news);
    late.open(connection, admitted, batch.arrivedMicros());
    narrow(batch, admitted, true);
    account(batch);
    batch.digests(connection);
    return batch;
  }

  /** Refuses poison and coarse frames that come too late; the others are to be stored. */
  private List<Item> admitted(Batch batch, List<Item> news) throws SQLException {
    List<Item> admitted = new ArrayList<>();
    for (Item item : news) {
      switch (item.arrival()) {
        case Arrival.Poison poison -> refuse(batch, item, poison.reason(), poison.detail());
        case Arrival.Good good -> {
          Optional<String> obstacle = CoarseFrames.obstacle(batch, item, good.frame());
          if (obstacle.isPresent()) {
            refuse(batch, item, obstacle.get(), "a replaced number is settled");
          } else {
            admitted.add(item);
          }
        }
      }
    }
    return admitted;
  }

  /**
   * Stores all, or where the data of one is at fault, all the others (with savepoints).
   *
   * @param direct see {@link WindowStore#send}
   */
  private void narrow(Batch batch, List<Item> items, boolean direct) throws SQLException {
    if (items.isEmpty()) {
      return;
    }
    Savepoint before = connection.setSavepoint();
    try {
      Rows rows = rows(batch, items, direct);
      connection.releaseSavepoint(before);
      rows.stored().forEach(item -> committed(batch, item));
      batch.gathered(rows.digests());
    } catch (SQLException | RuntimeException failed) {
      if (!DataError.is(failed)) {
        throw failed;
      }
      connection.rollback(before);
      series.rolledBack();
      if (direct) {
        narrow(batch, items, false);
      } else {
        split(batch, items, failed);
      }
    }
  }

  private void split(Batch batch, List<Item> items, Exception failed) throws SQLException {
    if (items.size() == 1) {
      refuse(batch, items.getFirst(), "data", String.valueOf(failed.getMessage()));
      return;
    }
    int half = items.size() / 2;
    narrow(batch, items.subList(0, half), false);
    narrow(batch, items.subList(half, items.size()), false);
  }

  /**
   * @param digests of late alarms, to which the items added
   */
  private record Rows(List<Item> stored, Set<Integer> digests) {}

  /** Answers the items whose rows are in; those of edges with too many series are refused. */
  private Rows rows(Batch batch, List<Item> items, boolean direct) throws SQLException {
    rows.clear();
    windows.clear(items.stream().mapToInt(BatchStore::windowCount).sum());
    late.begin();
    List<Item> stored = new ArrayList<>(items.size());
    List<Item> excess = new ArrayList<>();
    for (Item item : items) {
      Frame frame = ((Arrival.Good) item.arrival()).frame();
      try {
        int[] ids = series.resolve(connection, item.edge(), frame.series(), nanos.getAsLong());
        for (WindowRow row : frame.windows()) {
          windows.add(item.edge(), ids[row.series()], row.window());
        }
        rows.add(frame, item.edge(), item.account().id(), ids);
        stored.add(item);
      } catch (SeriesIds.TooManySeries tooMany) {
        excess.add(item);
      }
    }
    windows.send(connection, direct);
    rows.send(connection);
    Set<Integer> digests = late.send(connection);
    for (Item item : excess) {
      refuse(batch, item, "series-limit", "more series than limits.maxSeries allows");
    }
    return new Rows(stored, digests);
  }

  private static int windowCount(Item item) {
    return ((Arrival.Good) item.arrival()).frame().windows().size();
  }

  private static void committed(Batch batch, Item item) {
    item.account().commit(item.arrival().id().number(), item.arrival().readings());
    Frame frame = ((Arrival.Good) item.arrival()).frame();
    if (!frame.replaces().isEmpty()) {
      CoarseFrames.supersede(batch, item, frame);
    }
    batch.decide(FrameOutcome.COMMITTED, item);
  }

  private void refuse(Batch batch, Item item, String reason, String detail) throws SQLException {
    Arrival arrival = item.arrival();
    LOG.warn("refused edge={} frame={} reason={}", arrival.edge(), arrival.id(), reason);
    item.account().refuse(arrival.id().number(), arrival.readings(), reason);
    FrameTables.quarantine(connection, arrival, reason, detail);
    batch.refused(item, reason);
  }

  private void account(Batch batch) throws SQLException {
    LedgerTable.save(connection, batch.accounts());
    FrameTables.remember(
        connection, batch.decided(FrameOutcome.COMMITTED).stream().map(Item::content).toList());
    FrameTables.conflicts(
        connection, batch.decided(FrameOutcome.CONFLICT).stream().map(Item::content).toList());
  }
}
