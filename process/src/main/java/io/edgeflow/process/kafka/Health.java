package io.edgeflow.process.kafka;

import io.edgeflow.process.link.Backoff;
import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How it goes with one client: what people are told, once for each change, and how long it waits
 * before it tries again. Owned by the client's thread; the state may be asked on any.
 */
final class Health {
  private static final Logger LOG = LoggerFactory.getLogger(Health.class);
  private static final Backoff BACKOFF = Backoff.reconnect(Duration.ofSeconds(30));

  private final String name;
  private final SplittableRandom random = new SplittableRandom();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile KafkaState state = new KafkaState(false, "connecting");
  private int failures;

  /**
   * @param name of the client, for people
   */
  Health(String name) {
    this.name = name;
  }

  KafkaState state() {
    return state;
  }

  /**
   * It does its work.
   *
   * @param remark what is to be seen to nevertheless; else empty
   */
  void well(String remark) {
    failures = 0;
    tell(new KafkaState(true, remark));
  }

  void failed(String why) {
    failures++;
    tell(new KafkaState(false, why));
  }

  /** As the other, with nothing else to be said. */
  void look(Map<MetricName, ? extends Metric> metrics) {
    look(metrics, "");
  }

  /**
   * Whether a broker is connected, as the client's own figures say.
   *
   * @param remark see {@link #well}
   */
  void look(Map<MetricName, ? extends Metric> metrics, String remark) {
    boolean connected =
        metrics.values().stream()
            .filter(metric -> metric.metricName().name().equals("connection-count"))
            .anyMatch(metric -> metric.metricValue() instanceof Double count && count > 0);
    if (connected) {
      well(remark);
    } else {
      tell(new KafkaState(false, "no broker can be reached"));
    }
  }

  private void tell(KafkaState now) {
    KafkaState before = state;
    state = now;
    if (now.equals(before)) {
      return;
    }
    if (now.connected() && now.detail().isEmpty()) {
      LOG.info("kafka connected client={}", name);
    } else {
      LOG.warn("kafka client={}: {}", name, now.detail());
    }
  }

  boolean isClosed() {
    return closed.getCount() == 0;
  }

  void close() {
    closed.countDown();
  }

  /** Waits before the next attempt; until {@link #close} at most. */
  void pause() throws InterruptedException {
    long nanos = BACKOFF.delayNanos(Math.max(1, failures), random);
    boolean ended = closed.await(nanos, TimeUnit.NANOSECONDS);
    LOG.debug("tries again client={} ended={}", name, ended);
  }
}
