package io.edgeflow.process.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads its share of a topic as a member of a group. A position is committed when every record
 * before it is settled, so each comes at least once whoever dies. When a partition goes to another
 * member, what was taken of it is given some time to settle; what does not comes again, there.
 *
 * <p>While there is no room for the next record nothing more is fetched: beside what was taken
 * there are at most one fetch of 4 MiB from each broker, and as much handed over by it.
 */
public final class GroupReader implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GroupReader.class);
  private static final byte[] NOTHING = {};
  private static final Duration POLL = Duration.ofMillis(200);

  /** How soon it is asked again whether there is room. */
  private static final Duration NO_ROOM = Duration.ofMillis(20);

  private static final Duration GOODBYE = Duration.ofSeconds(2);

  /** What was taken has so long to settle before its partition is another's. */
  private static final Duration SETTLING = Duration.ofSeconds(5);

  private static final long COMMIT_NANOS = Duration.ofMillis(250).toNanos();
  private static final long LOOK_NANOS = Duration.ofSeconds(1).toNanos();

  /** Takes records, those of one partition in their order. */
  public interface Taker {
    /**
     * On the reader's thread; must return at once.
     *
     * @param key empty if it has none; whatever bytes it has, it is text here
     * @param value empty if there is none; not to be changed
     * @param settled to be run when the record need not come again; any thread
     * @return false if there is no room: it is offered again soon, and nothing runs
     */
    boolean take(String key, byte[] value, Runnable settled);
  }

  private final KafkaCluster cluster;
  private final TopicPlan plan;
  private final String group;
  private final Taker taker;
  private final Worker worker;
  private final Health health;
  private volatile long lag = -1;
  private volatile int partitions;
  private volatile @Nullable KafkaConsumer<byte[], byte[]> current;

  // Of the reader's thread.
  private final Map<TopicPartition, SettledOffsets> positions = new HashMap<>();
  private final Map<TopicPartition, Long> committed = new HashMap<>();
  private final Deque<ConsumerRecord<byte[], byte[]>> held = new ArrayDeque<>();

  private GroupReader(KafkaCluster cluster, TopicPlan plan, String group, Taker taker) {
    this.cluster = cluster;
    this.plan = plan;
    this.group = group;
    this.taker = taker;
    this.worker = new Worker("reader of " + plan.name(), this::attempt);
    this.health = worker.health();
  }

  /** Returns at once; makes the topic where there is none. */
  public static GroupReader open(KafkaCluster cluster, TopicPlan plan, String group, Taker taker) {
    GroupReader reader = new GroupReader(cluster, plan, group, taker);
    reader.worker.start();
    return reader;
  }

  /** Returns at once. */
  public KafkaState state() {
    return health.state();
  }

  /** Records of its partitions that it has not fetched; -1 while that is not known. */
  public long lag() {
    return lag;
  }

  /** How many partitions are its own at this moment. */
  public int partitions() {
    return partitions;
  }

  /** Takes nothing more, waits a little for what was taken, and leaves the group. */
  @Override
  public void close() {
    health.close();
    KafkaConsumer<byte[], byte[]> reading = current;
    if (reading != null) {
      reading.wakeup();
    }
    worker.close(GOODBYE.multipliedBy(3));
  }

  /** Until something fails, or it is closed. */
  private void attempt() throws InterruptedException {
    String remark = TopicAdmin.create(cluster, plan);
    KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(ClientProperties.member(cluster, group));
    current = consumer;
    try {
      consumer.subscribe(List.of(plan.name()), new Rebalance(consumer));
      read(consumer, remark);
    } finally {
      current = null;
      close(consumer);
      positions.clear();
      committed.clear();
      held.clear();
      partitions = 0;
      lag = -1;
    }
  }

  private void read(KafkaConsumer<byte[], byte[]> consumer, String remark) {
    long looked = System.nanoTime() - LOOK_NANOS;
    long told = System.nanoTime();
    while (!health.isClosed()) {
      consumer.poll(held.isEmpty() ? POLL : NO_ROOM).forEach(held::add);
      hand();
      makeRoom(consumer);
      long now = System.nanoTime();
      if (now - told >= COMMIT_NANOS) {
        told = now;
        commit(consumer);
      }
      if (now - looked >= LOOK_NANOS) {
        looked = now;
        look(consumer, remark);
      }
    }
  }

  private void hand() {
    while (!held.isEmpty()) {
      ConsumerRecord<byte[], byte[]> next = held.getFirst();
      var partition = new TopicPartition(next.topic(), next.partition());
      SettledOffsets offsets = positions.get(partition);
      // Of a partition that went to another meanwhile: it comes there.
      if (offsets != null && !hand(next, offsets)) {
        return;
      }
      held.removeFirst();
    }
  }

  /** One record that somebody cannot bear holds up no other. */
  private boolean hand(ConsumerRecord<byte[], byte[]> record, SettledOffsets offsets) {
    Runnable settled = offsets.taken(record.offset());
    try {
      String key = new String(orNothing(record.key()), UTF_8);
      boolean taken = taker.take(key, orNothing(record.value()), settled);
      if (!taken) {
        offsets.notTaken();
      }
      return taken;
    } catch (RuntimeException unbearable) {
      LOG.error(
          "a record could not be handled topic={} partition={} offset={}",
          record.topic(),
          record.partition(),
          record.offset(),
          unbearable);
      settled.run();
      return true;
    }
  }

  private void makeRoom(KafkaConsumer<byte[], byte[]> consumer) {
    if (held.isEmpty()) {
      consumer.resume(consumer.paused());
    } else {
      consumer.pause(consumer.assignment());
    }
  }

  private Map<TopicPartition, OffsetAndMetadata> news(Collection<TopicPartition> of) {
    Map<TopicPartition, OffsetAndMetadata> news = new HashMap<>();
    for (TopicPartition partition : of) {
      SettledOffsets offsets = positions.get(partition);
      long next = offsets == null ? -1 : offsets.next();
      if (next >= 0 && next != committed.getOrDefault(partition, -1L)) {
        news.put(partition, new OffsetAndMetadata(next));
      }
    }
    return news;
  }

  private void commit(KafkaConsumer<byte[], byte[]> consumer) {
    Map<TopicPartition, OffsetAndMetadata> news = news(positions.keySet());
    if (news.isEmpty()) {
      return;
    }
    news.forEach((partition, offset) -> committed.put(partition, offset.offset()));
    consumer.commitAsync(
        news,
        (offsets, failed) -> {
          if (failed != null) {
            LOG.debug("positions were not committed; they come again error={}", failed.toString());
            // On the reader's thread, within poll.
            offsets.forEach((partition, offset) -> committed.remove(partition));
          }
        });
  }

  private void look(KafkaConsumer<byte[], byte[]> consumer, String remark) {
    health.look(consumer.metrics(), remark);
    partitions = consumer.assignment().size();
    long behind = 0;
    for (TopicPartition partition : consumer.assignment()) {
      behind += consumer.currentLag(partition).orElse(0);
    }
    lag = behind;
  }

  private void close(KafkaConsumer<byte[], byte[]> consumer) {
    try {
      // Gives the partitions up, as in a rebalance: see there.
      consumer.close(CloseOptions.timeout(GOODBYE));
    } catch (KafkaException failed) {
      LOG.debug("a consumer did not close in order", failed);
    }
  }

  private static byte[] orNothing(byte @Nullable [] bytes) {
    return bytes == null ? NOTHING : bytes;
  }

  /** Partitions come and go; on the reader's thread, within poll and close. */
  private final class Rebalance implements ConsumerRebalanceListener {
    private final KafkaConsumer<byte[], byte[]> consumer;

    Rebalance(KafkaConsumer<byte[], byte[]> consumer) {
      this.consumer = consumer;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
      for (TopicPartition partition : assigned) {
        positions.put(partition, new SettledOffsets());
        committed.remove(partition);
      }
      if (!assigned.isEmpty()) {
        LOG.info("kafka gave partitions topic={} partitions={}", plan.name(), numbers(assigned));
      }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
      if (revoked.isEmpty()) {
        return;
      }
      LOG.info("kafka takes partitions topic={} partitions={}", plan.name(), numbers(revoked));
      held.removeIf(one -> revoked.contains(new TopicPartition(one.topic(), one.partition())));
      try {
        settle(revoked);
        consumer.commitSync(news(revoked), GOODBYE);
      } catch (KafkaException late) {
        LOG.debug("positions were not committed; they come again error={}", late.toString());
      } catch (InterruptedException closing) {
        Thread.currentThread().interrupt();
      } finally {
        forget(revoked);
      }
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> lost) {
      LOG.warn("kafka took partitions topic={} partitions={}", plan.name(), numbers(lost));
      held.removeIf(one -> lost.contains(new TopicPartition(one.topic(), one.partition())));
      forget(lost);
    }

    private void settle(Collection<TopicPartition> revoked) throws InterruptedException {
      long deadline = System.nanoTime() + (health.isClosed() ? GOODBYE : SETTLING).toNanos();
      for (TopicPartition partition : revoked) {
        SettledOffsets offsets = positions.get(partition);
        Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
        if (offsets != null && !offsets.await(left)) {
          LOG.info("{} records of {} come again", offsets.open(), partition);
        }
      }
    }

    private void forget(Collection<TopicPartition> gone) {
      gone.forEach(positions::remove);
      gone.forEach(committed::remove);
    }

    private static List<Integer> numbers(Collection<TopicPartition> of) {
      return of.stream().map(TopicPartition::partition).sorted().toList();
    }
  }
}
