package io.edgeflow.process.kafka;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes documents to a topic, of each key the newest, on a thread of its own: what the cluster has
 * not acknowledged is written again until it has, or until something newer of that key is here.
 * Writing twice does no harm to documents.
 */
public final class TopicWriter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TopicWriter.class);
  private static final Duration GOODBYE = Duration.ofSeconds(2);

  private final KafkaCluster cluster;
  private final String topic;
  private final int most;
  private final Preparation preparation;
  private final Worker worker;
  private final Health health;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<String, byte[]> waiting = new LinkedHashMap<>();
  private final AtomicLong written = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();

  /** What is done before anything is written. */
  private interface Preparation {
    /**
     * @return what is to be seen to nevertheless; else empty
     */
    String prepare() throws InterruptedException;
  }

  private TopicWriter(KafkaCluster cluster, String topic, int most, Preparation preparation) {
    this.cluster = cluster;
    this.topic = topic;
    this.most = most;
    this.preparation = preparation;
    this.worker = new Worker("writer of " + topic, this::attempt);
    this.health = worker.health();
  }

  /**
   * Writes to a topic that must be there.
   *
   * @param most how many keys may wait
   */
  public static TopicWriter to(KafkaCluster cluster, String topic, int most) {
    return start(
        new TopicWriter(
            cluster,
            topic,
            most,
            () -> {
              TopicAdmin.require(cluster, topic);
              return "";
            }));
  }

  /** Makes topics that are not there, then writes to the first of them. */
  public static TopicWriter making(KafkaCluster cluster, List<String> topics, int most) {
    return start(
        new TopicWriter(
            cluster, topics.getFirst(), most, () -> TopicAdmin.create(cluster, topics)));
  }

  private static TopicWriter start(TopicWriter writer) {
    writer.worker.start();
    return writer;
  }

  /**
   * Any thread; returns at once.
   *
   * @param value not to be changed
   * @return false if too much waits, or nobody writes any more
   */
  public boolean put(String key, byte[] value) {
    lock.lock();
    try {
      boolean room = waiting.size() < most || waiting.containsKey(key);
      if (health.isClosed() || !room) {
        return false;
      }
      waiting.put(key, value);
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

  /** Records that the cluster acknowledged. */
  public long written() {
    return written.get();
  }

  /** Records that the cluster will never take. */
  public long refused() {
    return refused.get();
  }

  /** Writes what waits, for two seconds at most. */
  @Override
  public void close() {
    lock.lock();
    try {
      health.close();
      changed.signal();
    } finally {
      lock.unlock();
    }
    worker.close(GOODBYE);
  }

  /** Until something fails, or it is closed and nothing waits. */
  private void attempt() throws InterruptedException {
    Producer<String, byte[]> producer = null;
    try {
      String remark = preparation.prepare();
      producer = new KafkaProducer<>(ClientProperties.producer(cluster));
      do {
        health.well(remark);
      } while (write(producer, take()));
    } finally {
      close(producer);
    }
  }

  private static void close(@Nullable Producer<String, byte[]> producer) {
    try {
      if (producer != null) {
        producer.close(Duration.ZERO);
      }
    } catch (KafkaException failed) {
      LOG.debug("a producer did not close in order", failed);
    }
  }

  /** All that waits, when something does; nothing if it is closed. */
  private Map<String, byte[]> take() throws InterruptedException {
    lock.lock();
    try {
      while (waiting.isEmpty() && !health.isClosed()) {
        changed.await();
      }
      Map<String, byte[]> all = new LinkedHashMap<>(waiting);
      waiting.clear();
      return all;
    } finally {
      lock.unlock();
    }
  }

  /** Unless something newer of the key came. */
  private void again(Map<String, byte[]> unwritten) {
    lock.lock();
    try {
      unwritten.forEach(waiting::putIfAbsent);
    } finally {
      lock.unlock();
    }
  }

  /** False if there was nothing. */
  private boolean write(Producer<String, byte[]> producer, Map<String, byte[]> documents)
      throws InterruptedException {
    Map<String, byte[]> unwritten = new LinkedHashMap<>(documents);
    try {
      Map<String, Future<RecordMetadata>> sent = new LinkedHashMap<>();
      for (Map.Entry<String, byte[]> one : documents.entrySet()) {
        var record = new ProducerRecord<>(topic, one.getKey(), one.getValue());
        sent.put(one.getKey(), producer.send(record));
        if (hasFailed(sent.get(one.getKey()))) {
          break;
        }
      }
      for (Map.Entry<String, Future<RecordMetadata>> one : sent.entrySet()) {
        settle(one.getKey(), one.getValue());
        unwritten.remove(one.getKey());
      }
      return !documents.isEmpty();
    } finally {
      again(unwritten);
    }
  }

  /** Without the topic, each would wait for it anew. */
  private static boolean hasFailed(Future<RecordMetadata> sent) {
    return sent.state() == Future.State.FAILED;
  }

  private void settle(String key, Future<RecordMetadata> sent) throws InterruptedException {
    try {
      RecordMetadata place = sent.get();
      written.incrementAndGet();
      LOG.debug("written key={} place={}", key, place);
    } catch (ExecutionException failed) {
      if (!isForGood(failed.getCause())) {
        throw new KafkaException(failed);
      }
      refused.incrementAndGet();
      LOG.warn("kafka takes no such record topic={} key={}: {}", topic, key, Reasons.of(failed));
    }
  }

  private static boolean isForGood(@Nullable Throwable failure) {
    return failure instanceof RecordTooLargeException || failure instanceof InvalidRecordException;
  }
}
