package io.edgeflow.lab.drill;

import io.edgeflow.lab.account.Accounts;
import io.edgeflow.lab.account.EdgeAccount;
import io.edgeflow.lab.child.House;
import io.edgeflow.lab.child.Ports;
import io.edgeflow.lab.proxy.FaultProxy;
import io.edgeflow.lab.sim.AcknowledgedAccount;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Everything a drill acts on: gateway, cloud and database as real processes, the link between them
 * as a proxy, and sensors that speak. One thread, but for what is said of single parts.
 */
final class Stage implements AutoCloseable {
  static final Duration START = Duration.ofSeconds(90);
  private static final Duration STOP = Duration.ofSeconds(10);

  private final House house;
  private final FaultProxy link;
  private final Crowd.Load load;
  private final long seed;
  private final SplittableRandom random;
  private final Consumer<String> progress;
  private final List<Crowd> crowds = new ArrayList<>();
  private final Optional<SharedClouds> shared;

  private Stage(
      House house,
      Optional<SharedClouds> shared,
      FaultProxy link,
      Crowd.Load load,
      long seed,
      Consumer<String> progress) {
    this.house = house;
    this.shared = shared;
    this.link = link;
    this.load = load;
    this.seed = seed;
    this.random = new SplittableRandom(seed);
    this.progress = progress;
  }

  /**
   * What a drill needs to be there.
   *
   * @param gatewayMain the main class of the gateway's process
   * @param gatewaySettings further {@code key=value} settings of the gateway
   * @param gatewayPrefix comes before its command line
   * @param kafka two clouds, which share a database and a Kafka broker, instead of one
   */
  record Settings(
      String gatewayMain,
      List<String> gatewaySettings,
      Crowd.Load load,
      List<String> gatewayPrefix,
      boolean kafka) {
    /** The product as it is, with short windows and little patience. */
    static Settings standard() {
      return new Settings(
          House.Design.GATEWAY,
          List.of(
              "window.length=1s",
              "window.grace=500ms",
              "frame.linger=100ms",
              "uplink.resendAfter=2s"),
          Crowd.Load.everyForm(60),
          List.of(),
          false);
    }

    Settings and(String... more) {
      return and(List.of(more));
    }

    Settings and(List<String> more) {
      List<String> all = new ArrayList<>(gatewaySettings);
      all.addAll(more);
      return new Settings(gatewayMain, all, load, gatewayPrefix, kafka);
    }

    Settings with(Crowd.Load other) {
      return new Settings(gatewayMain, gatewaySettings, other, gatewayPrefix, kafka);
    }

    Settings run(String main) {
      return new Settings(main, gatewaySettings, load, gatewayPrefix, kafka);
    }

    Settings overKafka(boolean wanted) {
      return new Settings(gatewayMain, gatewaySettings, load, gatewayPrefix, wanted);
    }

    /** Behind another command: what the gateway's process sees may differ from what we see. */
    Settings behind(List<String> prefix) {
      return new Settings(gatewayMain, gatewaySettings, load, prefix, kafka);
    }
  }

  /**
   * Starts cloud and gateway and waits until both are ready.
   *
   * @param home an empty folder
   */
  static Stage open(Path home, Settings settings, long seed, Consumer<String> progress)
      throws IOException {
    var addresses = House.Addresses.free();
    FaultProxy link = FaultProxy.open(Ports.free(), addresses.cloudBroker());
    Optional<SharedClouds> shared =
        settings.kafka() ? Optional.of(SharedClouds.start(home)) : Optional.empty();
    var design =
        new House.Design(
            home,
            addresses,
            link.address(),
            settings.gatewayMain(),
            settings.gatewaySettings(),
            settings.gatewayPrefix(),
            shared.map(SharedClouds::settings).orElse(List.of()));
    var stage = new Stage(new House(design), shared, link, settings.load(), seed, progress);
    try {
      stage.start();
      return stage;
    } catch (IOException | RuntimeException failure) {
      stage.close();
      throw failure;
    }
  }

  private void start() throws IOException {
    say("starting a cloud with its database, and a gateway");
    house.cloud().start();
    if (shared.isPresent()) {
      shared.get().join(house);
    }
    house.gateway().start();
    house.cloud().awaitReady(START);
    shared.ifPresent(others -> others.second().awaitReady(START));
    house.gateway().awaitReady(START);
  }

  /** What two clouds share, where there are two. */
  Optional<SharedClouds> shared() {
    return shared;
  }

  House house() {
    return house;
  }

  /** Between gateway and cloud. Any thread. */
  FaultProxy link() {
    return link;
  }

  SplittableRandom random() {
    return random;
  }

  long seed() {
    return seed;
  }

  /** Tells who watches how far it is. Any thread. */
  void say(String line) {
    progress.accept(line);
  }

  /** The sensors that the settings asked for; they speak from the first call on. */
  Crowd speak() {
    if (crowds.isEmpty()) {
      add(Crowd.start(load, house.sensors(), seed));
    }
    return crowds.getFirst();
  }

  /** A crowd whose readings count in the end, and which is closed with the stage. */
  Crowd add(Crowd crowd) {
    crowds.add(crowd);
    return crowd;
  }

  /** Those that spoke so far. */
  List<Crowd> crowds() {
    return List.copyOf(crowds);
  }

  /** What all sensors were told, against what the database's tables hold. */
  Comparison compare() throws IOException, SQLException {
    SortedMap<String, AcknowledgedAccount.Series> published = new TreeMap<>();
    crowds.forEach(crowd -> published.putAll(crowd.account()));
    return Comparison.of(published, tables().counts(House.EDGE));
  }

  /** The settings' load, for a crowd of another name. */
  Crowd.Load load() {
    return load;
  }

  /** Past the cloud. */
  Tables tables() {
    return new Tables(shared.map(SharedClouds::folder).orElseGet(house::database));
  }

  Accounts accounts() {
    return new Accounts(house.gateway()::json, house.cloud()::json, House.EDGE);
  }

  EdgeAccount edgeAccount() throws IOException, InterruptedException {
    return accounts().edge();
  }

  /** Waits until the gateway has said hello to its cloud and was answered. */
  void awaitLinked(Duration patience) throws InterruptedException {
    Patience.until("the link is up", patience, house.gateway()::linked);
  }

  /** Orderly where that is possible, so that no database is left behind half started. */
  @Override
  public void close() throws IOException {
    crowds.forEach(Crowd::close);
    if (house.cloud().isAlive()) {
      try {
        house.cloud().child().stop(STOP);
      } catch (IllegalStateException hangs) {
        say("the cloud does not stop: " + hangs.getMessage());
      }
    }
    house.close();
    if (shared.isPresent()) {
      shared.get().close();
    }
    link.close();
  }
}
