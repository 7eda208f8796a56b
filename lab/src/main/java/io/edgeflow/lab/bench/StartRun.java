package io.edgeflow.lab.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgeflow.lab.child.House;
import io.edgeflow.lab.child.Service;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A gateway without its cloud: filled, killed and started. One thread. */
final class StartRun implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(2);
  private static final long MINUTE_MILLIS = 60_000;
  private static final int MINUTES_AT_ONCE = 40;

  /** More would be folded away. */
  private static final int READINGS_IN_WINDOW = 2;

  /** Long after the readiness: what was put off until then counts, too. */
  private static final long WATCH_SECONDS = 5;

  private static final double MIB = 1 << 20;

  private final int series;
  private final long backlogBytes;
  private final House house;
  private final House.Addresses addresses;

  StartRun(Path home, int series, long backlogBytes, List<String> settings) throws IOException {
    this.series = series;
    this.backlogBytes = backlogBytes;
    this.addresses = House.Addresses.free();
    List<String> all = new ArrayList<>(List.of("limits.maxSeries=100000"));
    all.addAll(settings);
    house =
        new House(
            new House.Design(home, addresses, addresses.cloudBroker(), House.Design.GATEWAY, all));
  }

  /** Until so many bytes of frames wait; what came of it, in a line. */
  String fill() throws IOException, InterruptedException {
    start();
    long begun = System.nanoTime();
    long minute = System.currentTimeMillis() / MINUTE_MILLIS - 100_000;
    long readings = 0;
    try (MemoryWatch memory = new MemoryWatch(http())) {
      DrainLoad load = DrainLoad.ofFullDoubles(addresses.gatewayMqtt(), series);
      while (waiting() < backlogBytes) {
        readings += load.past(minute, MINUTES_AT_ONCE, READINGS_IN_WINDOW);
        minute += MINUTES_AT_ONCE;
      }
      double seconds = (System.nanoTime() - begun) / 1e9;
      return "filled: %,d readings of %,d series in %.0f s, %,.0f a second; %.0f MiB of frames wait; %s"
          .formatted(
              readings, series, seconds, readings / seconds, waiting() / MIB, text(memory.peak()));
    }
  }

  /** Kills it and starts it; how that went, in a line. */
  String startAgain() throws IOException, InterruptedException {
    house.gateway().child().kill();
    long begun = System.nanoTime();
    try (MemoryWatch memory = new MemoryWatch(http())) {
      start();
      double seconds = (System.nanoTime() - begun) / 1e9;
      double processor = processorSeconds();
      TimeUnit.SECONDS.sleep(WATCH_SECONDS);
      return "started after a kill: ready in %.1f s, with %.1f s of processor time; %s"
          .formatted(seconds, processor, text(memory.peak()));
    }
  }

  /** On a machine that has other things to do, this says more than the time that passed. */
  private double processorSeconds() {
    return ProcessHandle.of(house.gateway().child().pid())
            .flatMap(process -> process.info().totalCpuDuration())
            .orElse(Duration.ZERO)
            .toMillis()
        / 1e3;
  }

  private void start() throws IOException {
    Service gateway = house.gateway();
    gateway.start(LauncherOptions.GATEWAY, List.of());
    gateway.awaitReady(START);
  }

  private long waiting() throws IOException {
    JsonNode status = house.gateway().json("/api/v1/status");
    return status.at("/backlog/bytes/window").asLong();
  }

  private URI http() {
    return URI.create("http://127.0.0.1:" + addresses.gatewayHttp());
  }

  private static String text(MemoryWatch.Peak peak) {
    return "at the most %.0f MiB resident, %.0f MiB of the heap with its garbage"
        .formatted(peak.residentBytes() / MIB, peak.heapBytes() / MIB);
  }

  @Override
  public void close() {
    house.close();
  }
}
