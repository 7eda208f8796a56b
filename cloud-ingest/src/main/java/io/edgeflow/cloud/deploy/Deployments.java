package io.edgeflow.cloud.deploy;

import io.edgeflow.cloud.store.EdgeEar;
import io.edgeflow.process.http.Routes;
import java.time.InstantSource;
import java.util.List;
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
  private final Switches switches;
  private final AtomicReference<@Nullable DesiredFeed> feed = new AtomicReference<>();

  /**
   * @param database migrated
   */
  public Deployments(DataSource database, Authority authority, InstantSource clock) {
    this.turns = new Turns(database);
    this.desk = new DesiredDesk(authority, clock);
    this.switches = new Switches(turns, desk, clock, this::news);
  }

  /** Hears what edges say. */
  public EdgeEar ear() {
    return new Ear(this::spoke);
  }

  /** Publishes all documents there are, and from now on the new ones. */
  public Deployments start(List<DeployChannel> channels) {
    feed.set(DesiredFeed.start(turns, desk, channels));
    return this;
  }

  /** Adds what people ask for and about. */
  public Routes register(Routes routes) {
    return routes;
  }

  /** Documents were written down. */
  void published() {
    news();
  }

  Switches switches() {
    return switches;
  }

  private void news() {
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
  }

  @Override
  public void close() {
    DesiredFeed running = feed.getAndSet(null);
    if (running != null) {
      running.close();
    }
  }
}
