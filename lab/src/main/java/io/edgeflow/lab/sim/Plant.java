package io.edgeflow.lab.sim;

import io.edgeflow.lab.slaves.UnitSpec;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** A running plant: its slaves, and its sensors spread over a few MQTT connections. */
public final class Plant implements AutoCloseable {
  /** More would be threads without use. */
  private static final int MOST_CONNECTIONS = 8;

  private final PlantSlave slave;
  private final List<PlantPublisher> publishers;

  private Plant(PlantSlave slave, List<PlantPublisher> publishers) {
    this.slave = slave;
    this.publishers = publishers;
  }

  /**
   * What a plant needs to run.
   *
   * @param saysPerSecond how often a sensor says something, all together
   * @param modbusPort 0 picks a free one
   */
  public record Settings(
      URI broker,
      Optional<Credentials> credentials,
      double saysPerSecond,
      int modbusPort,
      Optional<Duration> garbageEvery) {}

  /** Starts the slaves. The sensors speak from {@link #speak} on. */
  public static PlantSlave slaves(PlantLayout layout, int modbusPort)
      throws IOException, InterruptedException {
    return PlantSlave.start(modbusPort, layout, Plant::wallClockMicros);
  }

  /** Starts everything. */
  public static Plant start(PlantLayout layout, Settings settings)
      throws IOException, InterruptedException {
    return speak(layout, settings, slaves(layout, settings.modbusPort()));
  }

  /** Starts the sensors beside slaves that run already; closing the plant closes both. */
  public static Plant speak(PlantLayout layout, Settings settings, PlantSlave slave) {
    List<List<SimulatedPoint>> groups = groups(layout.sensors());
    List<PlantPublisher> publishers = new ArrayList<>();
    for (int group = 0; group < groups.size(); group++) {
      var publisher =
          new PlantPublisher(
              groups.get(group),
              new PublisherSettings(
                  settings.broker(),
                  "plant-" + group,
                  settings.credentials(),
                  settings.saysPerSecond() * groups.get(group).size() / layout.sensors().size(),
                  1_000,
                  group == 0 ? settings.garbageEvery() : Optional.empty()),
              Plant::wallClockMicros);
      publishers.add(publisher);
      publisher.start();
    }
    return new Plant(slave, publishers);
  }

  /** The time that the plant lives by, in microseconds since the epoch. */
  public static long wallClockMicros() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
  }

  /** Devices stay whole. */
  private static List<List<SimulatedPoint>> groups(List<SimulatedPoint> sensors) {
    List<String> devices = sensors.stream().map(SimulatedPoint::device).distinct().toList();
    int count = Math.min(MOST_CONNECTIONS, devices.size());
    List<List<SimulatedPoint>> groups = new ArrayList<>();
    for (int group = 0; group < count; group++) {
      int mine = group;
      groups.add(
          sensors.stream().filter(s -> devices.indexOf(s.device()) % count == mine).toList());
    }
    return groups;
  }

  /** Slaves behave like that from now on, as far as there are such. */
  public void become(UnitSpec traits) {
    slave.become(traits);
  }

  public int modbusPort() {
    return slave.port();
  }

  /** Distinct readings whose acknowledgement came. */
  public long acknowledged() {
    return sum(publisher -> publisher.account().acknowledged());
  }

  /** Readings that wait for their acknowledgement. */
  public long open() {
    return sum(publisher -> publisher.account().open());
  }

  /** Messages that were sent again after a reconnect. */
  public long repetitions() {
    return sum(PlantPublisher::repetitions);
  }

  private long sum(ToLongFunction<PlantPublisher> what) {
    return publishers.stream().mapToLong(what).sum();
  }

  /**
   * No sensor says anything new; waits until what was said is acknowledged.
   *
   * @return false if some of it still is not
   */
  public boolean drain(Duration limit) throws InterruptedException {
    publishers.forEach(PlantPublisher::fallSilent);
    long deadline = System.nanoTime() + limit.toNanos();
    boolean all = true;
    for (PlantPublisher publisher : publishers) {
      all &= publisher.drain(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
    }
    return all;
  }

  @Override
  public void close() {
    publishers.forEach(PlantPublisher::close);
    slave.close();
  }
}
