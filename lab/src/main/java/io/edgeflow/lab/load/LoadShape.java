package io.edgeflow.lab.load;

import java.net.URI;
import java.time.Duration;

/**
 * What a fleet is like.
 *
 * @param broker where its cloud takes frames, {@code tcp://host:port}
 * @param edges how many; edge N is called {@code load-N}, in site N modulo {@code sites}
 * @param series that each has, with a window a minute each; 1 to 5000
 * @param speed minutes of the plants in a minute; above 0
 * @param together whether all edges close their minute at once, as those with good clocks do; else
 *     they are spread over the minute
 * @param eventEvery how often each has something else to tell, on average, in the plants' time
 * @param bufferBytes of undelivered frames for each; beyond, it drops its oldest
 * @param reconnectCap the longest that an edge waits before it tries to connect again
 * @param seed of everything random
 */
public record LoadShape(
    URI broker,
    int edges,
    int series,
    int sites,
    double speed,
    boolean together,
    Duration eventEvery,
    long bufferBytes,
    Duration reconnectCap,
    long seed) {
  public static final Duration RECONNECT_CAP = Duration.ofSeconds(30);
  public static final Duration EVENT_EVERY = Duration.ofMinutes(10);
  public static final long BUFFER_BYTES = 4L << 20;

  public LoadShape {
    require(edges >= 1 && edges <= 100_000, "edges are not 1 to 100000");
    require(series >= 1 && series <= 5_000, "series are not 1 to 5000");
    require(sites >= 1, "no site");
    require(speed > 0 && speed <= 10_000, "speed is not above 0 and up to 10000");
    require(bufferBytes > 0, "no room for frames");
  }

  /** Twenty series each, real speed, minutes that close one edge after the other. */
  public static LoadShape of(URI broker, int edges, long seed) {
    return new LoadShape(
        broker, edges, 20, 20, 1, false, EVENT_EVERY, BUFFER_BYTES, RECONNECT_CAP, seed);
  }

  /** The same with another number of series. */
  public LoadShape withSeries(int number) {
    return new LoadShape(
        broker, edges, number, sites, speed, together, eventEvery, bufferBytes, reconnectCap, seed);
  }

  /** The same with another pace. */
  public LoadShape paced(double factor, boolean atOnce) {
    return new LoadShape(
        broker, edges, series, sites, factor, atOnce, eventEvery, bufferBytes, reconnectCap, seed);
  }

  /** The same with events of another rate. */
  public LoadShape withEventEvery(Duration mean) {
    return new LoadShape(
        broker, edges, series, sites, speed, together, mean, bufferBytes, reconnectCap, seed);
  }

  /** The same with other patience between attempts to connect. */
  public LoadShape withReconnectCap(Duration cap) {
    return new LoadShape(
        broker, edges, series, sites, speed, together, eventEvery, bufferBytes, cap, seed);
  }

  /** The same with other room for what cannot be delivered. */
  public LoadShape withBufferBytes(long bytes) {
    return new LoadShape(
        broker, edges, series, sites, speed, together, eventEvery, bytes, reconnectCap, seed);
  }

  private static void require(boolean good, String fault) {
    if (!good) {
      throw new IllegalArgumentException(fault);
    }
  }
}
