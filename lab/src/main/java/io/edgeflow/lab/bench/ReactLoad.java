package io.edgeflow.lab.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;

/**
 * Somebody outside: publishes by the rhythm on one connection, and hears on another of what the
 * actions say, and of plain messages that it sends itself. One thread publishes, one listens.
 */
final class ReactLoad {
  static final String ACTIONS = "react/";

  private static final String PLAIN = "plain/echo";
  private static final int KEPT = 64;
  private static final int WINDOW = 4_000;
  private static final int PLAIN_EVERY = 10;
  private static final int STRAGGLERS_MILLIS = 500;

  private final int qos;
  private final long beginMillis;
  private final long measuredFrom;
  private final int ticks;
  private final AtomicLongArray sent = new AtomicLongArray(ReactRhythm.SERIES * KEPT);
  private final AtomicLongArray newest = new AtomicLongArray(ReactRhythm.SERIES);
  private final AtomicLongArray plainSent;
  private final Nanos reactions = new Nanos();
  private final Nanos plain = new Nanos();

  /**
   * What was seen.
   *
   * @param reactions from a publish to the message of its action, in nanoseconds
   * @param plain from a publish to its own arrival
   * @param expected reactions that there should be
   * @param fromMillis, toMillis the stamps of the readings that count
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Outside(long[] reactions, long[] plain, int expected, long fromMillis, long toMillis) {}

  /** Grows; one thread adds, another one takes when that is over. */
  private static final class Nanos {
    private long[] values = new long[1_024];
    private int size;

    synchronized void add(long value) {
      if (size == values.length) {
        values = Arrays.copyOf(values, 2 * size);
      }
      values[size++] = value;
    }

    synchronized long[] sorted() {
      long[] all = Arrays.copyOf(values, size);
      Arrays.sort(all);
      return all;
    }
  }

  private ReactLoad(int qos, int warmUpMillis, int measuredMillis) {
    this.qos = qos;
    int cycle = ReactRhythm.CYCLE_MILLIS;
    this.beginMillis = (System.currentTimeMillis() / cycle + 1) * cycle;
    this.measuredFrom = beginMillis + warmUpMillis;
    this.ticks = warmUpMillis + measuredMillis;
    this.plainSent = new AtomicLongArray(ticks);
  }

  /**
   * Takes as long as both times together, which are rounded to whole cycles.
   *
   * @param port of the gateway's broker
   * @param qos of all publishes and subscriptions, 0 or 1
   */
  static Outside run(int port, int qos, int warmUpMillis, int measuredMillis)
      throws IOException, InterruptedException {
    int cycle = ReactRhythm.CYCLE_MILLIS;
    var load = new ReactLoad(qos, warmUpMillis / cycle * cycle, measuredMillis / cycle * cycle);
    try (var _ = new SubscriberSocket(port, "outside-ear", qos, load::came, ACTIONS + "+", PLAIN);
        var publishing = new SensorSocket(port, "outside-mouth", WINDOW)) {
      load.publish(publishing);
      publishing.drain();
      TimeUnit.MILLISECONDS.sleep(STRAGGLERS_MILLIS);
    }
    return load.seen();
  }

  private Outside seen() {
    long end = beginMillis + ticks;
    int cycles = (int) ((end - measuredFrom) / ReactRhythm.CYCLE_MILLIS);
    return new Outside(
        reactions.sorted(), plain.sorted(), 2 * cycles * ReactRhythm.SERIES, measuredFrom, end);
  }

  private void publish(SensorSocket socket) throws IOException, InterruptedException {
    var random = new SplittableRandom(7);
    TimeUnit.MILLISECONDS.sleep(Math.max(0, beginMillis - System.currentTimeMillis()));
    long begin = System.nanoTime();
    for (int tick = 0; tick < ticks; tick++) {
      long due = begin + TimeUnit.MILLISECONDS.toNanos(tick);
      for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      int series = tick % ReactRhythm.SERIES;
      long stamp = beginMillis + tick / ReactRhythm.SERIES * (long) ReactRhythm.SPACING_MILLIS;
      String value = Double.toString(ReactRhythm.value(series, stamp, random));
      sent.set(slot(series, stamp), System.nanoTime());
      newest.set(series, stamp);
      String payload = "{\"value\":" + value + ",\"ts\":" + stamp + "}";
      publish(socket, "sensors/" + ReactRhythm.series(series), payload);
      if (tick % PLAIN_EVERY == PLAIN_EVERY / 2) {
        plainSent.set(tick, System.nanoTime());
        publish(socket, PLAIN, Integer.toString(tick));
      }
    }
  }

  private void publish(SensorSocket socket, String topic, String payload)
      throws IOException, InterruptedException {
    if (qos == 0) {
      socket.publishOnce(topic, payload);
    } else {
      socket.publish(topic, payload);
    }
  }

  private static int slot(int series, long stampMillis) {
    return series * KEPT + (int) (stampMillis / ReactRhythm.SPACING_MILLIS % KEPT);
  }

  private void came(String topic, byte[] payload, long nanos) {
    String said = new String(payload, US_ASCII);
    if (topic.equals(PLAIN)) {
      int tick = Integer.parseInt(said);
      if (beginMillis + tick >= measuredFrom) {
        plain.add(nanos - plainSent.get(tick));
      }
      return;
    }
    int series = ReactRhythm.number(topic.substring(ACTIONS.length()));
    long stamp = ReactRhythm.cause(series, newest.get(series), said.equals("on"));
    if (stamp >= measuredFrom) {
      reactions.add(nanos - sent.get(slot(series, stamp)));
    }
  }
}
