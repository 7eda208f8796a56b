package io.edgeflow.cloud.store;

import io.edgeflow.cloud.store.Inbox.Message;
import io.edgeflow.wire.document.Hello;
import io.edgeflow.wire.document.Presence;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The writers of this process (L5). What an edge sends goes to one of them, always the same, which
 * takes it in order, batches it with that of other edges, commits it, and tells the listener what
 * was committed. They share nothing but the bounds on memory, and each has its part of those: one
 * that is slow, or whose connection is gone, holds up only its own edges.
 *
 * <p>While the database is away they try again, with growing pauses, what they have; the queues
 * fill up and offers are turned down; nothing is reported, so nothing is acknowledged. Offering is
 * safe on any thread and never waits.
 *
 * <p>Other processes may write for the same edges: whoever has the lock of an edge's row in the
 * database decides about its frames, and all lock in the same order.
 *
 * <p>Memory, of all writers together: at most 16 MiB wait packed, whatever edges send; beyond it
 * offers are turned down. At most 180 000 rows are unpacked, waiting and in transactions, some 55
 * MiB, and beside them one frame that is larger than its writer's part.
 */
public final class FrameWriter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FrameWriter.class);
  private static final long QUEUE_BYTES = 16L << 20;
  private static final long UNPACKED_ROWS = 180_000;
  private static final Duration FLUSH = Duration.ofSeconds(2);

  private final List<BatchWriter> writers;

  FrameWriter(
      WriterSession.Settings settings,
      int writers,
      WriterListener listener,
      MeterRegistry registry) {
    WriterMeters meters = new WriterMeters(registry);
    BatchWriter.Shared shared =
        new BatchWriter.Shared(
            settings,
            listener,
            meters,
            new Room(writers, QUEUE_BYTES, false),
            new Room(writers, UNPACKED_ROWS, true),
            new ReentrantLock(true),
            new Tidying());
    this.writers =
        IntStream.range(0, writers).mapToObj(number -> new BatchWriter(shared, number)).toList();
    meters.watch(this.writers);
  }

  /** For those who want no numbers. */
  public static FrameWriter start(WriterSettings settings, WriterListener listener) {
    return start(settings, listener, new CompositeMeterRegistry());
  }

  public static FrameWriter start(
      WriterSettings settings, WriterListener listener, MeterRegistry registry) {
    return new FrameWriter(settings.session(), settings.writers(), listener, registry).start();
  }

  FrameWriter start() {
    writers.forEach(BatchWriter::start);
    return this;
  }

  /**
   * Which writer has the edge, from 0. Depends on nothing but the name and the number of writers.
   */
  public static int writerOf(String edge, int writers) {
    int hash = edge.hashCode();
    // Names that count up differ in few bits.
    hash = (hash ^ (hash >>> 16)) * 0x7feb352d;
    hash = (hash ^ (hash >>> 15)) * 0x846ca68b;
    return Integer.remainderUnsigned(hash ^ (hash >>> 16), writers);
  }

  private BatchWriter writer(String edge) {
    return writers.get(writerOf(edge, writers.size()));
  }

  /**
   * Takes over bytes that claim to be a frame.
   *
   * @param edge in whose name they came
   * @param bytes not to be changed any more
   * @return false if there is no room: the edge will send it again
   */
  public boolean offer(String edge, byte[] bytes) {
    return offer(edge, bytes, () -> {});
  }

  /**
   * As the other.
   *
   * @param settled run once, on a thread of the writer's, when nothing is left to be done about
   *     them: they are committed, judged by the committed ledger, or nobody can judge them. Not run
   *     where that has not come about when the writer ends. Must return at once
   */
  public boolean offer(String edge, byte[] bytes, Runnable settled) {
    return writer(edge).offer(edge, bytes, settled);
  }

  public boolean offer(Hello hello) {
    return writer(hello.edge()).offer(new Message.Greeting(hello));
  }

  public boolean offer(Presence presence) {
    return writer(presence.edge()).offer(new Message.Sighting(presence));
  }

  /** Whether the last try of every writer to reach the database succeeded. */
  public boolean healthy() {
    return writers.stream().allMatch(BatchWriter::healthy);
  }

  /** How far behind each writer is; for one who asks again and again. */
  public List<WriterLoad> loads() {
    long bound = QUEUE_BYTES / writers.size();
    return writers.stream().map(writer -> writer.load(bound)).toList();
  }

  /** Messages that wait. */
  public long waiting() {
    return writers.stream().mapToLong(BatchWriter::waiting).sum();
  }

  /** Commits what was taken, for at most 2 s; the edges still hold the rest. */
  @Override
  public void close() {
    writers.forEach(BatchWriter::finish);
    long end = System.nanoTime() + FLUSH.toNanos();
    try {
      for (BatchWriter writer : writers) {
        if (!writer.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())))) {
          LOG.warn("stopped before everything was written; the edges will send it again");
          writer.abandon(FLUSH);
        }
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
