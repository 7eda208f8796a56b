package io.edgeflow.lab.load;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.hivemq.client.mqtt.MqttClientExecutorConfig;
import io.edgeflow.gateway.uplink.Forwarder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.slf4j.LoggerFactory;

/**
 * A fleet of simulated edges that sends to one cloud. One thread owns all edges, two event loops
 * have all connections, and two threads read what is heard. Thread-safe.
 */
public final class LoadFleet implements AutoCloseable {
  private static final int EVENT_LOOPS = 2;
  private static final long CLOSE_SECONDS = 10;

  private final LoadShape shape;
  private final FleetClock clock;
  private final Lags lags = new Lags();
  private final ScheduledExecutorService owner;
  private final List<LoadEdge> edges = new ArrayList<>();

  /** Makes the links of edges. */
  @FunctionalInterface
  interface Network {
    FleetLink link(String edge, String clientId);
  }

  private LoadFleet(LoadShape shape, long startMicros) {
    this.shape = shape;
    this.clock = new FleetClock(startMicros, shape.speed());
    this.owner = owner();
    MqttClientExecutorConfig threads = FleetLink.threads(EVENT_LOOPS);
    Network network = (edge, clientId) -> new FleetLink(shape.broker(), edge, clientId, threads);
    var ground = new LoadEdge.Ground(clock, owner, network, lags);
    for (int i = 0; i < shape.edges(); i++) {
      edges.add(new LoadEdge(shape, i, ground));
    }
  }

  /**
   * Makes the edges; none connects yet.
   *
   * @param startMicros what the clocks of their plants show now, microseconds since the epoch
   */
  public static LoadFleet of(LoadShape shape, long startMicros) {
    // What one gateway tells of its link in a line is a thousand lines of a fleet.
    if (LoggerFactory.getLogger(Forwarder.class) instanceof Logger logger) {
      logger.setLevel(Level.ERROR);
    }
    return new LoadFleet(shape, startMicros);
  }

  private static ScheduledExecutorService owner() {
    var executor =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("fleet-owner").daemon().factory());
    executor.setRemoveOnCancelPolicy(true);
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    return executor;
  }

  /** All begin to connect, and to tell their minutes. */
  public void start() {
    edges.forEach(LoadEdge::start);
  }

  public LoadShape shape() {
    return shape;
  }

  public Lags lags() {
    return lags;
  }

  /** The names of all. */
  public List<String> names() {
    return edges.stream().map(LoadEdge::name).toList();
  }

  /** The names of all at a site, of which there are {@code shape().sites()}. */
  public List<String> at(int site) {
    String named = "site-%02d".formatted(site);
    return edges.stream().filter(e -> e.site().equals(named)).map(LoadEdge::name).toList();
  }

  /** The connections of these break, and no other comes about. */
  public void cut(Predicate<String> which) {
    these(which).forEach(edge -> edge.link().cut());
  }

  /** These may connect again; each tries when its time comes. */
  public void mend(Predicate<String> which) {
    these(which).forEach(edge -> edge.link().mend());
  }

  private List<LoadEdge> these(Predicate<String> which) {
    return edges.stream().filter(edge -> which.test(edge.name())).toList();
  }

  /** The plants live through this in no time; every minute of it is numbered at once. */
  public void leap(Duration over) {
    clock.leap(over);
    edges.forEach(LoadEdge::catchUp);
  }

  /** Nothing more is numbered. */
  public void stopSensing() {
    edges.forEach(LoadEdge::stopSensing);
  }

  /** Edges that the cloud has answered on a connection that lasts. */
  public int sending() {
    return (int) edges.stream().filter(LoadEdge::isSending).count();
  }

  /** Edges that have a connection, answered or not. */
  public int connected() {
    return (int) edges.stream().filter(edge -> edge.link().isUp()).count();
  }

  /** Frames without a verdict. */
  public long pending() {
    return edges.stream().mapToLong(LoadEdge::pending).sum();
  }

  /** Frames that were sent again. */
  public long resent() {
    return edges.stream().mapToLong(LoadEdge::resent).sum();
  }

  /** The books of all, each of one moment. */
  public List<EdgeBook> books() {
    return edges.stream().map(LoadEdge::book).toList().stream()
        .map(CompletableFuture::join)
        .toList();
  }

  @Override
  public void close() {
    edges.forEach(LoadEdge::close);
    owner.shutdown();
    try {
      owner.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
