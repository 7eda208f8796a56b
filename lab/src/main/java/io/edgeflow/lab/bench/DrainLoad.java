package io.edgeflow.lab.bench;

import java.io.IOException;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A plant whose sensors spoke all through an outage, and go on. Series are points of devices with
 * twenty points each.
 */
final class DrainLoad {
  static final int POINTS = 20;
  private static final int MINUTES_IN_MESSAGE = 20;
  private static final long MINUTE_MILLIS = 60_000;
  private static final int WINDOW = 100;

  private final int port;
  private final int devices;
  private final boolean fullDoubles;
  private final SplittableRandom random = new SplittableRandom(7);
  private final AtomicLong published = new AtomicLong();

  DrainLoad(int port, int series) {
    this(port, series, false);
  }

  private DrainLoad(int port, int series, boolean fullDoubles) {
    this.port = port;
    this.devices = series / POINTS;
    this.fullDoubles = fullDoubles;
  }

  /** Values that do not compress: frames get as large as they may. */
  static DrainLoad ofFullDoubles(int port, int series) {
    return new DrainLoad(port, series, true);
  }

  /**
   * Publishes readings of every series in every one of these minutes, as fast as they are
   * acknowledged, minute after minute.
   *
   * @param firstMinute since the epoch
   * @param perWindow readings
   * @return how many readings
   */
  long past(long firstMinute, int minutes, int perWindow) throws IOException, InterruptedException {
    try (SensorSocket socket = new SensorSocket(port, "past", WINDOW)) {
      for (int from = 0; from < minutes; from += MINUTES_IN_MESSAGE) {
        int to = Math.min(minutes, from + MINUTES_IN_MESSAGE);
        for (int device = 0; device < devices; device++) {
          socket.publish(topic(device), pastMessage(firstMinute + from, to - from, perWindow));
        }
      }
      socket.drain();
    }
    return (long) devices * POINTS * minutes * perWindow;
  }

  private String pastMessage(long firstMinute, int minutes, int perWindow) {
    StringBuilder json = new StringBuilder("[");
    for (int i = 0; i < minutes * perWindow; i++) {
      long minute = firstMinute + i / perWindow;
      long stamp = minute * MINUTE_MILLIS + (i % perWindow) * (MINUTE_MILLIS / perWindow);
      json.append(i == 0 ? "" : ",").append("{\"ts\":").append(stamp).append(",\"values\":{");
      for (int point = 0; point < POINTS; point++) {
        json.append(point == 0 ? "\"p" : ",\"p").append(point).append("\":").append(value());
      }
      json.append("}}");
    }
    return json.append(']').toString();
  }

  private String value() {
    if (fullDoubles) {
      return Double.toString(random.nextDouble());
    }
    int hundredths = random.nextInt(10_000);
    return hundredths / 100 + "." + hundredths / 10 % 10 + hundredths % 10;
  }

  /**
   * Every series speaks once a second, in a message of its own. The stamps of each lie another part
   * of a minute back, so that at every moment some minutes end.
   */
  Live live() throws IOException {
    return new Live();
  }

  private static String topic(int device) {
    return String.format(Locale.ROOT, "sensors/line-%03d", device);
  }

  /** Speaks until it is closed. */
  final class Live implements AutoCloseable {
    private final SensorSocket socket;
    private final Thread thread;
    private volatile boolean ended;
    private volatile @Nullable IOException failure;

    private Live() throws IOException {
      socket = new SensorSocket(port, "live", 1000);
      thread = Thread.ofPlatform().daemon().name("live").start(this::speak);
    }

    /** Readings, so far. */
    long published() {
      return published.get();
    }

    private void speak() {
      int series = devices * POINTS;
      long start = System.nanoTime();
      try {
        for (long i = 0; !ended; i++) {
          long due = start + i * TimeUnit.SECONDS.toNanos(1) / series;
          long wait = due - System.nanoTime();
          if (wait > 0) {
            TimeUnit.NANOSECONDS.sleep(wait);
          }
          int one = (int) (i % series);
          long stamp = System.currentTimeMillis() - MINUTE_MILLIS * one / series;
          socket.publish(
              topic(one / POINTS) + "/p" + one % POINTS,
              "{\"value\":" + value() + ",\"ts\":" + stamp + "}");
          published.incrementAndGet();
        }
        socket.drain();
      } catch (IOException e) {
        failure = e;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    /** Ends it and waits until everything is acknowledged. */
    void end() throws IOException, InterruptedException {
      ended = true;
      thread.join();
      IOException fault = failure;
      if (fault != null) {
        throw fault;
      }
    }

    @Override
    public void close() {
      ended = true;
      socket.close();
    }
  }
}
