package io.edgeflow.process.kafka;

import java.time.Duration;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A thread that tries something until it is closed, after each failure a little later. */
final class Worker {
  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

  private final Attempt attempt;
  private final Health health;
  private final Thread thread;

  /** What fails now and then. */
  interface Attempt {
    /**
     * Goes on for as long as it can.
     *
     * @throws KafkaException if it cannot go on
     */
    void run() throws InterruptedException;
  }

  /**
   * @param name what it does, for people
   */
  Worker(String name, Attempt attempt) {
    this.attempt = attempt;
    this.health = new Health(name);
    this.thread = Thread.ofPlatform().daemon().name("kafka " + name).unstarted(this::work);
  }

  Health health() {
    return health;
  }

  void start() {
    thread.start();
  }

  /** Interrupts what goes on if it does not end in time, and waits as long again. */
  void close(Duration patience) {
    health.close();
    try {
      if (!thread.join(patience)) {
        thread.interrupt();
        boolean ended = thread.join(patience);
        LOG.debug("interrupted {} ended={}", thread.getName(), ended);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void work() {
    try {
      while (!health.isClosed()) {
        attempt();
        health.pause();
      }
    } catch (InterruptedException asked) {
      LOG.debug("ends {}", thread.getName());
    }
  }

  private void attempt() throws InterruptedException {
    try {
      attempt.run();
    } catch (KafkaException failed) {
      if (!health.isClosed()) {
        health.failed(Reasons.of(failed));
      }
    }
  }
}
