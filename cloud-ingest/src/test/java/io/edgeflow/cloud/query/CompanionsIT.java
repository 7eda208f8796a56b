package io.edgeflow.cloud.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.cloud.Await;
import io.edgeflow.cloud.store.Schema;
import io.edgeflow.cloud.store.Transactions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two connections read for one answer (Q2). */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class CompanionsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Schema schema = Schema.create();
  private final Transactions transactions = new Transactions(schema.database(), PATIENCE);
  private final Companions companions = new Companions(schema.database(), PATIENCE);

  CompanionsIT() throws Exception {}

  @AfterEach
  void close() throws Exception {
    schema.close();
  }

  @Test
  void seesTheStateThatTheFirstSees() throws Exception {
    CompletableFuture<Long> seen = new CompletableFuture<>();
    transactions.reading(
        first -> {
          assertEquals(0, edges(first));
          insert();
          companions.join(first, other -> seen.complete(edges(other)));
          assertEquals(0, seen.orTimeout(10, TimeUnit.SECONDS).join());
          return true;
        });
    assertEquals(1, transactions.<Long>reading(CompanionsIT::edges));
  }

  @Test
  void nobodyWaitsForOneThatIsBusy() throws Exception {
    CountDownLatch free = new CountDownLatch(1);
    CountDownLatch busy = new CountDownLatch(Companions.MOST);
    AtomicInteger begun = new AtomicInteger();
    Transactions.Work<Boolean> waiting =
        other -> {
          begun.incrementAndGet();
          busy.countDown();
          return awaited(free);
        };
    transactions.reading(
        first -> {
          for (int i = 0; i < Companions.MOST; i++) {
            companions.join(first, waiting);
          }
          assertTrue(awaited(busy), "they did not begin");
          companions.join(first, waiting);
          return true;
        });
    free.countDown();
    AtomicInteger later = new AtomicInteger();
    Await.until(
        "one is free",
        () -> {
          transactions.reading(
              first -> {
                companions.join(first, other -> later.incrementAndGet());
                return awaited(new CountDownLatch(1), 20);
              });
          return later.get() > 0;
        });
    assertEquals(Companions.MOST, begun.get());
  }

  /** Such as one that comes when the answer is written. */
  @Test
  void readsNothingOfAStateThatIsGone() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    AtomicInteger read = new AtomicInteger();
    ReadAhead<Integer, Integer> ahead =
        new ReadAhead<>(List.of(1, 2), (_, _, _) -> read.incrementAndGet());
    transactions.reading(
        first -> {
          companions.join(
              first,
              other -> {
                awaited(over);
                ahead.readAhead(other);
                return true;
              });
          ahead.take(first, 1);
          return true;
        });
    ahead.end();
    over.countDown();
    assertFalse(awaited(new CountDownLatch(1), 100));
    assertEquals(1, read.get());
  }

  @Test
  void readsEachPieceOnceAndInOrder() throws Exception {
    List<String> pieces = IntStream.range(0, 60).mapToObj(n -> "piece " + n).toList();
    Map<String, AtomicInteger> reads = new ConcurrentHashMap<>();
    Set<Thread> readers = ConcurrentHashMap.newKeySet();
    CountDownLatch both = new CountDownLatch(2);
    ReadAhead<String, Integer> ahead =
        new ReadAhead<>(
            pieces,
            (connection, piece, over) -> {
              reads.computeIfAbsent(piece, _ -> new AtomicInteger()).incrementAndGet();
              if (readers.add(Thread.currentThread())) {
                both.countDown();
              }
              assertTrue(awaited(both), "only one of them reads");
              return pieces.indexOf(piece);
            });
    List<Integer> taken = new ArrayList<>();
    transactions.reading(
        first -> {
          companions.join(
              first,
              other -> {
                ahead.readAhead(other);
                return true;
              });
          for (String piece : pieces) {
            taken.add(ahead.take(first, piece));
          }
          return true;
        });
    assertEquals(IntStream.range(0, 60).boxed().toList(), taken);
    assertEquals(60, reads.size());
    assertTrue(reads.values().stream().allMatch(count -> count.get() == 1), reads::toString);
    assertEquals(2, readers.size());
  }

  @Test
  void tellsTheWriterWhatTheCompanionCouldNotRead() throws Exception {
    Thread writer = Thread.currentThread();
    CountDownLatch failed = new CountDownLatch(1);
    ReadAhead<Integer, Boolean> ahead =
        new ReadAhead<>(
            List.of(1),
            (connection, piece, over) -> {
              if (!Thread.currentThread().equals(writer)) {
                throw new SQLException("the disk is gone", "58030");
              }
              return true;
            });
    SQLException told =
        assertThrows(
            SQLException.class,
            () ->
                transactions.reading(
                    first -> {
                      companions.join(
                          first,
                          other -> {
                            try {
                              ahead.readAhead(other);
                              return true;
                            } finally {
                              failed.countDown();
                            }
                          });
                      awaited(failed);
                      ahead.take(first, 1);
                      return true;
                    }));
    assertEquals("58030", told.getSQLState());
  }

  /** Else a whole worker would wait for it for ever, and nothing could interrupt it. */
  @Test
  @Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void tellsTheWriterThatTheCompanionHadNoMemory() throws Exception {
    CountDownLatch taken = new CountDownLatch(1);
    ReadAhead<Integer, Boolean> ahead =
        new ReadAhead<>(
            List.of(1),
            (_, _, _) -> {
              taken.countDown();
              throw new OutOfMemoryError("as the companion reads");
            });
    CompletionException told =
        assertThrows(
            CompletionException.class,
            () ->
                transactions.reading(
                    first -> {
                      companions.join(
                          first,
                          other -> {
                            assertThrows(OutOfMemoryError.class, () -> ahead.readAhead(other));
                            return true;
                          });
                      awaited(taken);
                      ahead.take(first, 1);
                      return true;
                    }));
    assertEquals(OutOfMemoryError.class, Objects.requireNonNull(told.getCause()).getClass());
  }

  private static boolean awaited(CountDownLatch latch) {
    return awaited(latch, 10_000);
  }

  private static boolean awaited(CountDownLatch latch, long millis) {
    try {
      return latch.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void insert() throws SQLException {
    try (Connection connection = schema.database().getConnection();
        Statement insert = connection.createStatement()) {
      insert.execute("insert into edge (name) values ('pi-1')");
    }
  }

  private static long edges(Connection connection) throws SQLException {
    try (Statement select = connection.createStatement();
        ResultSet row = select.executeQuery("select count(*) from edge")) {
      row.next();
      return row.getLong(1);
    }
  }
}
