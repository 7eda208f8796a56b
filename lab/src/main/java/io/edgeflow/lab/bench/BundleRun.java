package io.edgeflow.lab.bench;

import io.edgeflow.lab.account.EdgeAccount;
import io.edgeflow.lab.child.House;
import io.edgeflow.lab.child.Ports;
import io.edgeflow.lab.fleet.Fault;
import io.edgeflow.lab.fleet.FleetBundle;
import io.edgeflow.lab.fleet.Keys;
import io.edgeflow.lab.fleet.Publishing;
import io.edgeflow.lab.proxy.Direction;
import io.edgeflow.lab.proxy.FaultProxy;
import io.edgeflow.lab.proxy.ThinLine;
import io.edgeflow.wire.frame.Lane;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One download beside live windows. */
final class BundleRun {
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final int VERSION = 1;
  private static final String SLOT = "health";

  private final Shape shape;
  private final Path home;
  private final Consumer<String> progress;

  /**
   * What is measured.
   *
   * @param mebibytes of the bundle
   * @param lineBytes that pass in a second
   * @param drop how often everything is cut
   * @param alone how long without the download
   */
  record Shape(int mebibytes, long lineBytes, Duration drop, Duration alone, int series) {}

  BundleRun(Shape shape, Path home, Consumer<String> progress) {
    this.shape = shape;
    this.home = home;
    this.progress = progress;
  }

  BundleResult run() throws IOException, SQLException, InterruptedException {
    Keys keys = Keys.in(home.resolve("keys"));
    FleetBundle bundle =
        FleetBundle.write(
            home.resolve("bundle"), VERSION, Fault.NONE, shape.mebibytes(), keys.publisher());
    House.Addresses addresses = House.Addresses.free();
    URI cloud = URI.create("tcp://127.0.0.1:" + addresses.cloudHttp());
    try (FaultProxy downloads = FaultProxy.open(Ports.free(), cloud);
        DrainHouse house =
            DrainHouse.start(
                home,
                addresses,
                List.of(
                    "deploy.root=" + keys.root(),
                    "deploy.url=http://127.0.0.1:" + downloads.address().getPort(),
                    "scoring=[{slot: " + SLOT + "}]"),
                List.of("deploy.root=" + keys.root(), "deploy.signingKey=" + keys.controller()))) {
      await("the first hello", house::linked);
      try (Publishing publishing = new Publishing(house.cloudHttp())) {
        publishing.keys(keys);
        publishing.publish(bundle.folder());
        return measure(house, downloads, publishing, bundle);
      }
    }
  }

  private BundleResult measure(
      DrainHouse house, FaultProxy downloads, Publishing publishing, FleetBundle bundle)
      throws IOException, SQLException, InterruptedException {
    var line = new ThinLine(shape.lineBytes());
    house.link().share(line);
    downloads.share(line);
    EdgeAccount.Amount framed = house.account().lane(Lane.WINDOW).framed();
    String incarnation = house.status().path("incarnation").asText();
    try (DrainLoad.Live live = new DrainLoad(house.sensorPort(), shape.series()).live();
        CommitWatch commits =
            new CommitWatch(house.connect("postgres"), incarnation, framed.frames());
        Cutter cutter = new Cutter(shape.drop(), List.of(house.link(), downloads))) {
      progress.accept("live windows over a line that drops, without a download");
      long begun = micros();
      TimeUnit.NANOSECONDS.sleep(shape.alone().toNanos());
      long published = micros();
      publishing.rollout(spec());
      progress.accept("the rollout is begun");
      Path complete = house.gatewayDirectory().resolve("bundles").resolve(bundle.digest());
      await("the bundle arrives", () -> Files.isDirectory(complete));
      long arrived = micros();
      long bytes = downloads.bytes(Direction.DOWN);
      progress.accept("it arrived after %.1f s".formatted((arrived - published) / 1e6));
      // What was numbered last must have its time to be seen.
      TimeUnit.SECONDS.sleep(5);
      live.end();
      List<FrameTap.Sighting> frames = house.tap().above(framed.frames());
      Map<Long, Long> seen = commits.seen();
      return new BundleResult(
          shape,
          bundleBytes(bundle),
          bytes,
          (arrived - published) / 1e6,
          cutter.cuts(),
          between(frames, seen, begun, published),
          between(frames, seen, published, arrived));
    }
  }

  private static String spec() {
    return """
    name: bench
    slot: %s
    model: %s
    version: "%d"
    selector: {edges: ["*"]}
    waves: ["100%%"]
    """
        .formatted(SLOT, FleetBundle.MODEL, VERSION);
  }

  private static Latencies between(
      List<FrameTap.Sighting> frames, Map<Long, Long> seen, long from, long to) {
    List<Long> micros = new ArrayList<>();
    long missing = 0;
    for (FrameTap.Sighting frame : frames) {
      if (frame.createdMicros() >= from && frame.createdMicros() < to) {
        Long at = seen.get(frame.number());
        if (at == null) {
          missing++;
        } else {
          micros.add(at - frame.createdMicros());
        }
      }
    }
    return Latencies.of(micros, missing);
  }

  private static long bundleBytes(FleetBundle bundle) throws IOException {
    try (var files = Files.list(bundle.folder())) {
      long bytes = 0;
      for (Path file : files.toList()) {
        bytes += Files.size(file);
      }
      return bytes;
    }
  }

  private static long micros() {
    return System.currentTimeMillis() * 1_000;
  }

  /** Cuts until it is closed. */
  private static final class Cutter implements AutoCloseable {
    private final Duration every;
    private final List<FaultProxy> proxies;
    private final Thread thread;

    Cutter(Duration every, List<FaultProxy> proxies) {
      this.every = every;
      this.proxies = proxies;
      this.thread = Thread.ofPlatform().daemon().name("cutter").start(this::work);
    }

    private void work() {
      try {
        while (true) {
          TimeUnit.NANOSECONDS.sleep(every.toNanos());
          proxies.forEach(FaultProxy::cut);
        }
      } catch (InterruptedException over) {
        Thread.currentThread().interrupt();
      }
    }

    long cuts() {
      return proxies.stream().mapToLong(FaultProxy::cuts).sum();
    }

    @Override
    public void close() {
      thread.interrupt();
    }
  }

  /** Something that may fail while it is asked. */
  private interface Condition {
    boolean holds() throws IOException;
  }

  private static void await(String what, Condition condition)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > deadline) {
        throw new IOException("not within " + PATIENCE + ": " + what);
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }
}
