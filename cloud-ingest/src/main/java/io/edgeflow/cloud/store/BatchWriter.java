package io.edgeflow.cloud.store;

import io.edgeflow.cloud.store.Inbox.Message;
import io.edgeflow.cloud.store.WriterSession.Written;
import io.edgeflow.wire.document.Hello;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One of the writers, with a connection and two threads of its own: takes what its edges send in
 * order, batches it, commits it, and tells the listener. While the database is away it tries again,
 * with growing pauses, what it has.
 */
final class BatchWriter {
  private static final Logger LOG = LoggerFactory.getLogger(BatchWriter.class);
  private static final Duration CHECK = Duration.ofSeconds(10);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  /** Of somebody else's transaction that was in the way and was let through. */
  private static final Duration COLLISION_PAUSE = Duration.ofMillis(5);

  private final WriterSession.Settings settings;
  private final WriterListener listener;
  private final WriterMeters meters;
  private final Tidying tidying;
  private final WriterGauge gauge = new WriterGauge(System::nanoTime);
  private final Inbox inbox;
  private final Jobs jobs;
  private final Thread unpacking;
  private final Thread writing;
  private @Nullable WriterSession session;
  private volatile boolean healthy;
  private volatile boolean abandoned;

  /** What the writers of a process have in common. */
  record Shared(
      WriterSession.Settings settings,
      WriterListener listener,
      WriterMeters meters,
      Room bytes,
      Room rows,
      ReentrantLock unpacking,
      Tidying tidying) {}

  /**
   * @param number from 0
   */
  BatchWriter(Shared shared, int number) {
    this.settings = shared.settings();
    this.listener = shared.listener();
    this.meters = shared.meters();
    this.tidying = shared.tidying();
    this.inbox = new Inbox(shared.bytes(), number);
    Unpacking unpack = new Unpacking(shared.unpacking(), listener, gauge);
    this.jobs = new Jobs(unpack, shared.rows(), number);
    this.unpacking = Thread.ofPlatform().name("frame-unpacker-" + number).unstarted(this::unpack);
    this.writing = Thread.ofPlatform().name("frame-writer-" + number).unstarted(this::write);
  }

  void start() {
    unpacking.start();
    writing.start();
  }

  /** False if there is no room, or nothing is taken any more. Any thread; never waits. */
  boolean offer(Message message) {
    return inbox.offer(message);
  }

  /** See {@link #offer(Message)}. */
  boolean offer(String edge, byte[] bytes, Runnable settled) {
    gauge.taken(bytes.length);
    boolean taken = inbox.offer(new Message.Packed(edge, bytes, gauge.now(), settled));
    if (!taken) {
      gauge.discarded(bytes.length);
    }
    return taken;
  }

  /** Whether the last try to reach the database succeeded. */
  boolean healthy() {
    return healthy;
  }

  /**
   * For one who asks again and again.
   *
   * @param boundBytes the most that wait packed
   */
  WriterLoad load(long boundBytes) {
    return gauge.read(healthy, boundBytes);
  }

  /** Messages that wait. */
  long waiting() {
    return (long) inbox.size() + jobs.size();
  }

  /** Bytes of frames that were taken and are not judged. */
  long waitingBytes() {
    return gauge.bytes();
  }

  /** Takes nothing more. */
  void finish() {
    inbox.close();
  }

  /** Waits until all is written, for so long at most; after that it is given up. */
  boolean join(Duration patience) throws InterruptedException {
    return writing.join(patience);
  }

  /** Nothing is begun any more; waits for what is under way, for so long at most. */
  void abandon(Duration patience) throws InterruptedException {
    abandoned = true;
    unpacking.interrupt();
    writing.interrupt();
    writing.join(patience);
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
    if (job instanceof Job.Store store && !store.arrivals().isEmpty()) {
      gauge.begun(store.oldestNanos());
    }
    Duration pause = FIRST_PAUSE;
    Duration step = COLLISION_PAUSE;
    while (true) {
      if (abandoned) {
        // Statements go on when they are interrupted.
        throw new InterruptedException("given up");
      }
      Trouble trouble;
      try {
        tidying.perform(this::session);
        perform(job);
        healthy = true;
        return;
      } catch (SQLException | RuntimeException failed) {
        trouble = Trouble.of(failed);
        if (trouble != Trouble.COLLISION) {
          drop();
        }
        if (trouble == Trouble.DATA && isolated(job, failed)) {
          return;
        }
        meters.retried(failed);
        report(trouble, failed);
      }
      if (trouble == Trouble.COLLISION) {
        Thread.sleep(jittered(step));
        step = longer(step);
      } else {
        Thread.sleep(jittered(pause));
        pause = longer(pause);
      }
    }
  }

  private void perform(Job job) throws SQLException {
    WriterSession open = session();
    switch (job) {
      case Job.Store store -> {
        long begun = System.nanoTime();
        Written written = open.store(store.arrivals(), store.hellos());
        meters.committed(written.batch(), System.nanoTime() - begun);
        if (!store.arrivals().isEmpty()) {
          gauge.judged(store.bytes());
          tell(() -> listener.committed(written.batch()));
          store.settled().forEach(BatchWriter::tell);
        }
        for (int i = 0; i < store.hellos().size(); i++) {
          Hello hello = store.hellos().get(i);
          var answer = written.answers().get(i);
          tell(() -> listener.greeted(hello, answer));
        }
      }
      case Job.Sight sight -> open.sight(sight.presences());
      case Job.Check check -> open.check();
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
   * What one edge says, or a fault of our own, must not stop the others: the parts of a job are
   * tried one by one. The frame at fault is refused, its bytes kept; a hello or a presence that
   * cannot be taken down is left without an answer.
   */
  private boolean isolated(Job job, Exception failed) throws InterruptedException {
    switch (job) {
      case Job.Store store -> {
        LOG.error("a batch cannot be stored parts={}", store.parts(), failed);
        return store.parts() > 1 ? oneByOne(store) : alone(store, failed);
      }
      case Job.Sight sight -> {
        if (sight.presences().size() > 1) {
          for (var presence : sight.presences()) {
            persist(new Job.Sight(List.of(presence)));
          }
          return true;
        }
        return ignored("presence", sight.presences().getFirst().edge(), failed);
      }
      case Job.Check check -> {
        return false;
      }
    }
  }

  private boolean oneByOne(Job.Store store) throws InterruptedException {
    for (int frame = 0; frame < store.arrivals().size(); frame++) {
      persist(store.only(frame));
    }
    for (Hello hello : store.hellos()) {
      persist(Job.Store.of(hello));
    }
    return true;
  }

  private boolean alone(Job.Store store, Exception failed) throws InterruptedException {
    if (!store.hellos().isEmpty()) {
      return ignored("hello", store.hellos().getFirst().edge(), failed);
    }
    return switch (store.arrivals().getFirst()) {
      case Arrival.Good good -> {
        Arrival refused = good.refused("internal", failed.toString());
        persist(new Job.Store(List.of(refused), store.settled(), List.of(), store.oldestNanos()));
        yield true;
      }
      case Arrival.Poison poison -> false;
    };
  }

  private static boolean ignored(String what, String edge, Exception failed) {
    LOG.warn("ignored {} edge={} error={}", what, edge, failed.getMessage());
    return true;
  }

  private void report(Trouble trouble, Exception failed) {
    if (trouble == Trouble.COLLISION) {
      LOG.debug("another transaction was in the way error={}", failed.getMessage());
      return;
    }
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

  private static Duration longer(Duration pause) {
    return pause.compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
  }

  private static Duration jittered(Duration pause) {
    return pause.plusMillis(ThreadLocalRandom.current().nextLong(pause.toMillis() + 1));
  }
}
