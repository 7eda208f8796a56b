package io.edgeflow.cloud.deploy;

import io.edgeflow.cloud.registry.Registry;
import io.edgeflow.cloud.store.EdgeEar;
import io.edgeflow.process.http.HttpRefusal;
import io.edgeflow.process.http.Routes;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Everything of this process that tells edges what to run. Any number of cloud processes may share
 * one database. What edges say may be heard before {@link #start}, and is acted on then.
 */
public final class Deployments implements AutoCloseable {
  private final Turns turns;
  private final DesiredDesk desk;
  private final Runner runner;
  private final Switches switches;
  private final RolloutDesk rollouts;
  private final DeployRoutes routes;
  private final AtomicReference<@Nullable DesiredFeed> feed = new AtomicReference<>();

  /**
   * @param database migrated
   */
  public Deployments(
      DataSource database, Authority authority, Registry registry, InstantSource clock) {
    this.turns = new Turns(database);
    this.desk = new DesiredDesk(authority, clock);
    this.runner = new Runner(turns, authority, desk, clock, this::published);
    this.switches = new Switches(turns, desk, clock, this::published);
    this.rollouts =
        new RolloutDesk(turns, authority, registry, clock, runner::listening, runner::wake);
    this.routes = new DeployRoutes(turns, authority, rollouts, switches, clock, runner::listening);
  }

  /** Hears what edges say. */
  public EdgeEar ear() {
    return new Ear(this::spoke);
  }

  /** Publishes all documents there are, leads rollouts on, and publishes what comes of it. */
  public Deployments start(List<DeployChannel> channels) {
    feed.set(DesiredFeed.start(turns, desk, channels));
    runner.start();
    return this;
  }

  /** What keeps edges from listening to this cloud, where it is meant to speak. Returns at once. */
  public List<String> warnings() {
    return runner.warnings();
  }

  /** What is to be run before each scrape of this registry; it blocks for the database. */
  public Runnable meters(MeterRegistry registry) {
    return new RolloutMeters(turns, registry)::refresh;
  }

  /** Adds what people ask for and about. */
  public Routes register(Routes to) {
    return routes.register(to);
  }

  /**
   * Starts a rollout, as if somebody had asked for it; the id of it.
   *
   * @param specification a fleet file
   * @throws HttpRefusal if it cannot be; its message says why
   */
  public String roll(byte[] specification, String who, String why) throws SQLException {
    return rollouts.start(specification, new History.Cause(who, why)).id();
  }

  /** The id of the newest rollout that was started with just this reason. */
  public Optional<String> rolled(String who, String why) throws SQLException {
    return turns.look(
        connection -> RolloutTable.startedBy(connection, new History.Cause(who, why)));
  }

  Switches switches() {
    return switches;
  }

  RolloutDesk rollouts() {
    return rollouts;
  }

  /** Documents were written down. */
  void published() {
    DesiredFeed running = feed.get();
    if (running != null) {
      running.wake();
    }
  }

  private void spoke(String edge, boolean greeted) {
    DesiredFeed running = feed.get();
    if (running != null) {
      running.spoke(edge, greeted);
    }
    runner.wake();
  }

  @Override
  public void close() {
    DesiredFeed running = feed.getAndSet(null);
    if (running != null) {
      runner.close();
      running.close();
    }
  }
}
