package io.edgeflow.cloud.store;

import io.edgeflow.cloud.store.Inbox.Message;
import io.edgeflow.wire.document.Acknowledgement;
import io.edgeflow.wire.document.Hello;
import io.edgeflow.wire.document.Presence;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one writer of this process (L5): takes what edges send in order, batches it, commits it, and
 * tells the listener what was committed.
 *
 * <p>While the database is away it tries again, with growing pauses, what it has; the queue fills
 * up and offers are turned down; nothing is reported, so nothing is acknowledged. Offering is safe
 * on any thread and never waits.
 *
 * <p>Memory: at most 16 MiB wait packed, whatever edges send; beyond it offers are turned down. At
 * most 180 000 rows are unpacked, of which one transaction has 60 000; that is some 55 MiB.
 */
public final class FrameWriter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FrameWriter.class);
  private static final long QUEUE_BYTES = 16L << 20;
  private static final Duration CHECK = Duration.ofSeconds(10);
  private static final Duration TIDY = Duration.ofMinutes(10);

  /** What the edges keep delivered frames for, and a margin. */
  private static final Duration CONTENTS_KEPT = Duration.ofHours(54);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final Duration FLUSH = Duration.ofSeconds(2);

  private final WriterSession.Settings settings;
  private final WriterListener listener;
  private final Inbox inbox = new Inbox(QUEUE_BYTES);
  private final WriterGauge gauge = new WriterGauge(System::nanoTime);
  private final Jobs jobs;
  private final Thread unpacking;
  private final Thread writing;
  private @Nullable WriterSession session;
  private long tidiedNanos = System.nanoTime() - TIDY.toNanos();
  private volatile boolean healthy;

  FrameWriter(WriterSession.Settings settings, WriterListener listener) {
    this.settings = settings;
    this.listener = listener;
    this.jobs = new Jobs(listener, gauge);
    this.unpacking = Thread.ofPlatform().name("frame-unpacker").unstarted(this::unpack);
    this.writing = Thread.ofPlatform().name("frame-writer").unstarted(this::write);
  }

  public static FrameWriter start(WriterSettings settings, WriterListener listener) {
    return new FrameWriter(settings.session(), listener).start();
  }

  FrameWriter start() {
    unpacking.start();
    writing.start();
    return this;
  }

  /**
   * Takes over bytes that claim to be a frame.
   *
   * @param edge in whose name they came
   * @param bytes not to be changed any more
   * @return false if there is no room: the edge will send it again
   */
  public boolean offer(String edge, byte[] bytes) {
    gauge.taken(bytes.length);
    boolean taken = inbox.offer(new Message.Packed(edge, bytes, gauge.now()));
    if (!taken) {
      gauge.discarded(bytes.length);
    }
    return taken;
  }

  public boolean offer(Hello hello) {
    return inbox.offer(new Message.Greeting(hello));
  }

  public boolean offer(Presence presence) {
    return inbox.offer(new Message.Sighting(presence));
  }

  /** Whether the last try to reach the database succeeded. */
  public boolean healthy() {
    return healthy;
  }

  /** How far behind it is; for one who asks again and again. */
  public WriterLoad load() {
    return gauge.read(healthy, QUEUE_BYTES);
  }

  /** Messages that wait to be unpacked; what was unpacked is bounded and small. */
  public long waiting() {
    return inbox.size();
  }

  /** Commits what was taken, for at most 2 s; the edges still hold the rest. */
  @Override
  public void close() {
    inbox.close();
    try {
      if (!writing.join(FLUSH)) {
        LOG.warn("stopped before everything was written; the edges will send it again");
        unpacking.interrupt();
        writing.interrupt();
        writing.join(FLUSH);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void unpack() {
    try {
      for (Message next = inbox.take(); next != null; next = inbox.take()) {
        jobs.add(next);
      }
    } catch (InterruptedException asked) {
      LOG.debug("no longer unpacking");
    } finally {
      jobs.end();
    }
  }

  private void write() {
    try {
      persist(new Job.Check());
      for (Job job = jobs.take(CHECK); job != null; job = jobs.take(CHECK)) {
        persist(job);
      }
    } catch (InterruptedException asked) {
      LOG.debug("no longer writing");
    } finally {
      drop();
    }
  }

  /** Until it is done. What was committed without our knowing is found in the ledger (L5). */
  private void persist(Job job) throws InterruptedException {
    if (job instanceof Job.Store store) {
      gauge.begun(store.oldestNanos());
    }
    Duration pause = FIRST_PAUSE;
    while (true) {
      try {
        tidy();
        perform(job);
        healthy = true;
        return;
      } catch (SQLException | RuntimeException failed) {
        drop();
        if (hopeless(job, failed) || isolated(job, failed)) {
          return;
        }
        report(failed);
      }
      Thread.sleep(jittered(pause));
      pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
    }
  }

  private void perform(Job job) throws SQLException {
    WriterSession session = session();
    switch (job) {
      case Job.Store store -> {
        CommittedBatch committed = session.store(store.arrivals());
        gauge.judged(store.bytes());
        tell(() -> listener.committed(committed));
      }
      case Job.Greet greet -> {
        Acknowledgement answer = session.greet(greet.hello());
        tell(() -> listener.greeted(greet.hello(), answer));
      }
      case Job.Sight sight -> session.sight(sight.presence());
      case Job.Check check -> session.check();
    }
  }

  /** What is committed is committed, whoever cannot hear it. */
  private static void tell(Runnable news) {
    try {
      news.run();
    } catch (RuntimeException deaf) {
      LOG.error("a listener failed", deaf);
    }
  }

  /**
   * A fault of our own must not stop every edge: the frames of a batch are tried one by one, and
   * the one at fault is refused, its bytes kept.
   */
  private boolean isolated(Job job, Exception failed) throws InterruptedException {
    if (!(job instanceof Job.Store store) || failed instanceof SQLException) {
      return false;
    }
    LOG.error("a batch cannot be stored frames={}", store.arrivals().size(), failed);
    if (store.arrivals().size() > 1) {
      for (Arrival arrival : store.arrivals()) {
        persist(new Job.Store(List.of(arrival), store.oldestNanos()));
      }
      return true;
    }
    return switch (store.arrivals().getFirst()) {
      case Arrival.Good good -> {
        persist(
            new Job.Store(
                List.of(good.refused("internal", failed.toString())), store.oldestNanos()));
        yield true;
      }
      case Arrival.Poison poison -> false;
    };
  }

  private void tidy() throws SQLException {
    long now = System.nanoTime();
    if (now - tidiedNanos > TIDY.toNanos()) {
      tidiedNanos = now;
      session().forget(CONTENTS_KEPT);
    }
  }

  /** A hello that cannot be taken down is left without an answer; frames are never given up. */
  private static boolean hopeless(Job job, Exception failed) {
    return switch (job) {
      case Job.Store store -> false;
      case Job.Greet greet -> DataError.is(failed) && logged("hello", greet.hello().edge(), failed);
      case Job.Sight sight ->
          DataError.is(failed) && logged("presence", sight.presence().edge(), failed);
      case Job.Check check -> false;
    };
  }

  private static boolean logged(String what, String edge, Exception failed) {
    LOG.warn("ignored {} edge={} error={}", what, edge, failed.getMessage());
    return true;
  }

  private void report(Exception failed) {
    if (healthy) {
      LOG.warn("the database does not take frames; trying on error={}", failed.getMessage());
    }
    healthy = false;
  }

  private WriterSession session() throws SQLException {
    WriterSession open = session;
    if (open == null) {
      open = WriterSession.open(settings);
      session = open;
      String database = open.database();
      LOG.info("the database takes frames database={}", database);
      tell(() -> listener.serving(database));
    }
    return open;
  }

  private void drop() {
    if (session != null) {
      session.close();
      session = null;
    }
  }

  private static Duration jittered(Duration pause) {
    return pause.plusMillis(ThreadLocalRandom.current().nextLong(pause.toMillis() + 1));
  }
}
