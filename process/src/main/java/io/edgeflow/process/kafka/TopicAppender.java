package io.edgeflow.process.kafka;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends records to a topic and says of each whether the cluster has it, on all replicas that it
 * waits for. What the cluster does not take in time is given back, not tried for ever: whoever
 * appends has it still. While no broker answers nothing is taken, so nothing piles up.
 */
public final class TopicAppender implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TopicAppender.class);
  private static final Duration GOODBYE = Duration.ofSeconds(2);
  private static final long LOOK_NANOS = Duration.ofSeconds(1).toNanos();

  /** What became of a record. On a thread of the client's: must return at once. */
  public interface Receipt {
    void written();

    /**
     * It may be there nevertheless.
     *
     * @param why for people
     */
    void failed(String why);
  }

  @SuppressWarnings("ArrayRecordComponent") // handed on, compared by nobody
  private record Waiting(String key, byte[] value, Receipt receipt) {}

  private final KafkaCluster cluster;
  private final TopicPlan plan;
  private final long mostBytes;
  private final Worker worker;
  private final Health health;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // Guarded by the lock.
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private long bytes;

  /** What the present producer stumbled over; null while it is well. */
  private volatile @Nullable String trouble;

  private TopicAppender(KafkaCluster cluster, TopicPlan plan, long mostBytes) {
    this.cluster = cluster;
    this.plan = plan;
    this.mostBytes = mostBytes;
    this.worker = new Worker("appender to " + plan.name(), this::attempt);
    this.health = worker.health();
  }

  /**
   * Returns at once; makes the topic where there is none.
   *
   * @param mostBytes of records that were taken and of which it is not known what became
   */
  public static TopicAppender open(KafkaCluster cluster, TopicPlan plan, long mostBytes) {
    TopicAppender appender = new TopicAppender(cluster, plan, mostBytes);
    appender.worker.start();
    return appender;
  }

  /**
   * Any thread; never waits.
   *
   * @param value not to be changed any more
   * @return false if there is no room, or nobody to give it to: the receipt hears nothing then
   */
  public boolean append(String key, byte[] value, Receipt receipt) {
    lock.lock();
    try {
      boolean room = bytes + value.length <= mostBytes;
      if (health.isClosed() || !health.state().connected() || !room) {
        return false;
      }
      bytes += value.length;
      waiting.add(new Waiting(key, value, receipt));
      changed.signal();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Returns at once. */
  public KafkaState state() {
    return health.state();
  }

  /** Appends what was taken, for two seconds at most; the rest is given back. */
  @Override
  public void close() {
    lock.lock();
    try {
      health.close();
      changed.signal();
    } finally {
      lock.unlock();
    }
    worker.close(GOODBYE.multipliedBy(2));
  }

  /** Until something fails, or it is closed and nothing waits. */
  private void attempt() throws InterruptedException {
    Producer<String, byte[]> producer = null;
    trouble = null;
    try {
      String remark = TopicAdmin.create(cluster, plan);
      producer = new KafkaProducer<>(ClientProperties.appender(cluster, plan.mostBytes()));
      health.well(remark);
      work(producer, remark);
    } finally {
      if (!health.isClosed()) {
        // Before its records are given back: nothing more may come meanwhile.
        health.failed(trouble == null ? "not connected" : trouble);
      }
      close(producer);
      giveBack();
    }
  }

  private void work(Producer<String, byte[]> producer, String remark) throws InterruptedException {
    long looked = System.nanoTime();
    while (true) {
      Waiting next = take();
      if (next != null) {
        send(producer, next);
      } else if (health.isClosed()) {
        return;
      }
      String failed = trouble;
      if (failed != null) {
        throw new KafkaException(failed);
      }
      if (System.nanoTime() - looked >= LOOK_NANOS) {
        looked = System.nanoTime();
        health.look(producer.metrics(), remark);
      }
    }
  }

  /** Waits for a second at most; nothing at once if it is closed. */
  private @Nullable Waiting take() throws InterruptedException {
    lock.lock();
    try {
      long left = LOOK_NANOS;
      while (waiting.isEmpty() && !health.isClosed() && left > 0) {
        left = changed.awaitNanos(left);
      }
      return waiting.poll();
    } finally {
      lock.unlock();
    }
  }

  private void send(Producer<String, byte[]> producer, Waiting next) {
    try {
      var _ =
          producer.send(
              new ProducerRecord<>(plan.name(), next.key(), next.value()),
              (place, failed) -> settle(next, failed));
    } catch (KafkaException refused) {
      settle(next, refused);
    }
  }

  private void settle(Waiting record, @Nullable Exception failed) {
    release(record);
    try {
      if (failed == null) {
        record.receipt().written();
      } else {
        String why = Reasons.of(failed);
        if (failed instanceof RecordTooLargeException) {
          LOG.warn("kafka does not take a record topic={} error={}", plan.name(), why);
        } else {
          trouble = why;
        }
        record.receipt().failed(why);
      }
    } catch (RuntimeException deaf) {
      LOG.error("a receipt could not be given", deaf);
    }
  }

  private void release(Waiting record) {
    lock.lock();
    try {
      bytes -= record.value().length;
    } finally {
      lock.unlock();
    }
  }

  /** Once closed, what it still has is refused by itself. */
  private void close(@Nullable Producer<String, byte[]> producer) {
    try {
      if (producer != null) {
        producer.close(trouble == null ? GOODBYE : Duration.ZERO);
      }
    } catch (KafkaException failed) {
      LOG.debug("a producer did not close in order", failed);
    }
  }

  private void giveBack() {
    String why = trouble == null ? "closed" : trouble;
    while (true) {
      Waiting next;
      lock.lock();
      try {
        next = waiting.poll();
      } finally {
        lock.unlock();
      }
      if (next == null) {
        return;
      }
      release(next);
      next.receipt().failed(why);
    }
  }
}
