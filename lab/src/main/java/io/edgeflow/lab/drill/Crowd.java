package io.edgeflow.lab.drill;

import io.edgeflow.lab.sim.AcknowledgedAccount;
import io.edgeflow.lab.sim.PayloadForm;
import io.edgeflow.lab.sim.PlantLayout;
import io.edgeflow.lab.sim.PlantPublisher;
import io.edgeflow.lab.sim.PublisherSettings;
import io.edgeflow.lab.sim.SimulatedPoint;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * The sensors of a drill, a connection for each form of saying a reading. They send again what was
 * not acknowledged, and know what was.
 */
final class Crowd implements AutoCloseable {
  /** The plant lives now. */
  static final LongSupplier PRESENT = () -> ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());

  private final List<PlantPublisher> publishers;

  private Crowd(List<PlantPublisher> publishers) {
    this.publishers = publishers;
  }

  /**
   * How much they say.
   *
   * @param perForm series for each form
   * @param saysPerSecond of each form
   * @param prefix begins the names of their devices; crowds of one drill differ in it
   */
  record Load(Set<PayloadForm> forms, int perForm, double saysPerSecond, String prefix) {
    static Load everyForm(double saysPerSecond) {
      return new Load(EnumSet.allOf(PayloadForm.class), 3, saysPerSecond, "");
    }

    Load named(String newPrefix) {
      return new Load(forms, perForm, saysPerSecond, newPrefix);
    }
  }

  /** Begins to speak. */
  static Crowd start(Load load, URI broker, long seed) {
    List<PlantPublisher> publishers = new ArrayList<>();
    for (PayloadForm form : load.forms()) {
      String client = "drill-" + load.prefix() + form;
      var settings = PublisherSettings.plain(broker, client, load.saysPerSecond());
      publishers.add(new PlantPublisher(points(load, form, seed), settings, PRESENT));
    }
    return speaking(publishers);
  }

  /**
   * Begins to speak over one connection.
   *
   * @param saysPerSecond of all points together; a device that says all its points in one message
   *     counts once
   * @param clockMicros the time of the plant
   */
  static Crowd start(
      List<SimulatedPoint> points, double saysPerSecond, URI broker, LongSupplier clockMicros) {
    String client = "drill-" + points.getFirst().device();
    var settings = PublisherSettings.plain(broker, client, saysPerSecond);
    return speaking(List.of(new PlantPublisher(points, settings, clockMicros)));
  }

  private static Crowd speaking(List<PlantPublisher> publishers) {
    publishers.forEach(PlantPublisher::start);
    return new Crowd(publishers);
  }

  private static List<SimulatedPoint> points(Load load, PayloadForm form, long seed) {
    return PlantLayout.proof(seed, EnumSet.of(form), load.perForm()).sensors().stream()
        .map(point -> point.on(load.prefix() + point.device()))
        .toList();
  }

  /** What each series was told, so far. */
  SortedMap<String, AcknowledgedAccount.Series> account() {
    SortedMap<String, AcknowledgedAccount.Series> all = new TreeMap<>(Comparator.naturalOrder());
    publishers.forEach(publisher -> all.putAll(publisher.account().bySeries()));
    return all;
  }

  /** Distinct readings that were acknowledged, so far. */
  long acknowledged() {
    return publishers.stream().mapToLong(p -> p.account().acknowledged()).sum();
  }

  /** Readings that wait for their acknowledgement. */
  long open() {
    return publishers.stream().mapToLong(p -> p.account().open()).sum();
  }

  /** Messages that were sent again. */
  long repetitions() {
    return publishers.stream().mapToLong(PlantPublisher::repetitions).sum();
  }

  /** They say nothing new, but go on sending what is open. */
  void fallSilent() {
    publishers.forEach(PlantPublisher::fallSilent);
  }

  /**
   * Falls silent and waits until everything is acknowledged.
   *
   * @return false if that does not happen in time
   */
  boolean drain(Duration limit) throws InterruptedException {
    fallSilent();
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
  }
}
