package io.edgeflow.lab.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgeflow.inference.runtime.RuntimeUnavailableException;
import io.edgeflow.lab.child.House;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A good model and one with each fault come to a fleet of simulated edges; edges are away for whole
 * rollouts; the cloud is killed in the middle. One thread.
 */
public final class FleetDrill implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(2);
  private static final Patience PATIENCE = new Patience(Duration.ofMinutes(8));
  private static final String SLOT = "health";
  private static final int SITES = 8;

  private final House house;
  private final Publishing cloud;
  private final Fleet fleet;
  private final Shape shape;
  private final Path home;
  private final Keys keys;
  private final Random random;
  private final Consumer<String> progress;
  private final List<Story> stories = new ArrayList<>();
  private final List<String> faults = new ArrayList<>();
  private int version;
  private String good = "";

  /**
   * @param edges how many
   * @param soak how long a model serves before it counts as proven, whole seconds
   */
  public record Shape(int edges, Duration soak) {}

  /**
   * What became of one model.
   *
   * @param asked edges that were asked to run it
   * @param seconds from the start of the rollout to its end
   * @param backSeconds from when the first edge served it until none did; 0 for a good one
   * @param why as the dashboard says it
   */
  public record Story(
      int version,
      String fault,
      String status,
      int asked,
      double seconds,
      double backSeconds,
      String why) {}

  /**
   * @param faults empty if everything held
   */
  public record Report(int edges, List<Story> stories, List<String> faults) {}

  private FleetDrill(
      House house,
      Publishing cloud,
      Fleet fleet,
      Shape shape,
      Path home,
      Keys keys,
      long seed,
      Consumer<String> progress) {
    this.house = house;
    this.cloud = cloud;
    this.fleet = fleet;
    this.shape = shape;
    this.home = home;
    this.keys = keys;
    this.random = new Random(seed);
    this.progress = progress;
  }

  /**
   * Plays it.
   *
   * @param home an empty folder
   */
  public static Report play(Shape shape, long seed, Path home, Consumer<String> progress)
      throws IOException, InterruptedException, RuntimeUnavailableException {
    Keys keys = Keys.in(home.resolve("keys"));
    House.Addresses addresses = House.Addresses.free();
    var design =
        new House.Design(home, addresses, addresses.cloudBroker(), House.Design.GATEWAY, List.of());
    List<String> settings =
        List.of("deploy.root=" + keys.root(), "deploy.signingKey=" + keys.controller());
    try (House house = new House(design.withCloud(settings))) {
      house.cloud().start(List.of("-Xmx512m"), List.of());
      house.cloud().awaitReady(START);
      URI web = URI.create("http://127.0.0.1:" + addresses.cloudHttp());
      progress.accept("a cloud is there; starting %d edges".formatted(shape.edges()));
      try (var cloud = new Publishing(web);
          var fleet = Fleet.start(home, places(shape, home, addresses, web, keys));
          var drill = new FleetDrill(house, cloud, fleet, shape, home, keys, seed, progress)) {
        return drill.play();
      }
    }
  }

  private static List<SimulatedEdge.Place> places(
      Shape shape, Path home, House.Addresses addresses, URI web, Keys keys) {
    List<SimulatedEdge.Place> places = new ArrayList<>();
    for (int i = 0; i < shape.edges(); i++) {
      String name = String.format(Locale.ROOT, "edge-%03d", i);
      places.add(
          new SimulatedEdge.Place(
              name,
              "site-" + i % SITES,
              home.resolve("edges").resolve(name),
              SLOT,
              addresses.cloudBroker(),
              web,
              keys.root()));
    }
    return places;
  }

  private Report play() throws IOException, InterruptedException {
    cloud.keys(keys);
    PATIENCE.until("every edge listens", () -> listening() == shape.edges());
    if (!goodThoughTheCloudDies()) {
      return new Report(shape.edges(), List.copyOf(stories), List.copyOf(faults));
    }
    List<Fault> bad = new ArrayList<>(List.of(Fault.values()));
    bad.remove(Fault.NONE);
    Collections.shuffle(bad, random);
    for (Fault fault : bad) {
      bad(fault);
    }
    whoWasAwayTakesTheRightOne();
    whoWasAwayTakesNothingOfWhatWasAborted();
    return new Report(shape.edges(), List.copyOf(stories), List.copyOf(faults));
  }

  private long listening() throws IOException {
    return cloud.get("/api/v1/fleet").path("counts").path("listening").asLong();
  }

  /** False if it did not come to every edge: then there is nothing to go back to. */
  private boolean goodThoughTheCloudDies() throws IOException, InterruptedException {
    FleetBundle bundle = publish(Fault.NONE);
    long begun = System.nanoTime();
    String id = cloud.rollout(spec(bundle));
    PATIENCE.until("the second wave", () -> at(id).path("wave").asInt() > 1 || isEnd(status(id)));
    progress.accept("the cloud is killed in the middle of the second wave");
    house.cloud().child().kill();
    house.cloud().start(List.of("-Xmx512m"), List.of());
    house.cloud().awaitReady(START);
    String status = end(id);
    told(bundle, id, status, begun, 0);
    check(status.equals("done"), bundle, "is " + status);
    if (status.equals("done")) {
      PATIENCE.until(
          "every edge serves it and one says that it did well",
          () ->
              fleet.serving().equals(Set.of(bundle.digest())) && fleet.hasProven(bundle.digest()));
      good = bundle.digest();
    }
    return status.equals("done");
  }

  private void bad(Fault fault) throws IOException, InterruptedException {
    FleetBundle bundle = publish(fault);
    if (fault == Fault.LEAKS) {
      fleet.leaks(bundle);
    }
    long begun = System.nanoTime();
    String id = cloud.rollout(spec(bundle));
    long first = 0;
    long back = 0;
    boolean proven = false;
    String status = status(id);
    while (!isEnd(status) && System.nanoTime() - begun < PATIENCE.most().toNanos()) {
      boolean serves = fleet.serving().contains(bundle.digest());
      first = serves && first == 0 ? System.nanoTime() : first;
      back = serves ? System.nanoTime() : back;
      proven |= fleet.hasProven(bundle.digest());
      TimeUnit.MILLISECONDS.sleep(20);
      status = status(id);
    }
    double backSeconds = first == 0 ? 0 : (back - first) / 1e9;
    told(bundle, id, status, begun, backSeconds);
    check(status.equals("rolled-back"), bundle, "is " + status);
    check(fleet.serving().equals(Set.of(good)), bundle, "serves somewhere, or another one");
    check(asked(id) <= firstWave(), bundle, "was asked of " + asked(id) + " edges");
    check(!proven, bundle, "counted as proven after %.1f s".formatted(backSeconds));
    check(fault == Fault.WRONG || first != 0, bundle, "never served, so nothing is proved");
  }

  private void whoWasAwayTakesTheRightOne() throws IOException, InterruptedException {
    SimulatedEdge away = anyone();
    fleet.vanish(away);
    FleetBundle bundle = publish(Fault.NONE);
    long begun = System.nanoTime();
    String id = cloud.rollout(spec(bundle));
    PATIENCE.until(
        "all others pass",
        () ->
            at(id).path("edges").path("passed").asInt() == shape.edges() - 1 || isEnd(status(id)));
    String status = status(id);
    if (isEnd(status) && !status.equals("done")) {
      told(bundle, id, status, begun, 0);
      check(false, bundle, "is " + status + " before the one that was away returned");
      return;
    }
    check(away.serving().equals(good), bundle, "came to an edge that was away");
    progress.accept(away.name() + " was away for all of it, and returns");
    fleet.returns(away);
    PATIENCE.until("it takes the right one", () -> away.serving().equals(bundle.digest()));
    told(bundle, id, end(id), begun, 0);
    good = bundle.digest();
  }

  private void whoWasAwayTakesNothingOfWhatWasAborted() throws IOException, InterruptedException {
    FleetBundle bundle = publish(Fault.NONE);
    List<SimulatedEdge> everyone = new ArrayList<>(fleet.edges());
    Collections.shuffle(everyone, random);
    SimulatedEdge away = everyone.getFirst();
    fleet.vanish(away);
    long begun = System.nanoTime();
    String id = cloud.rollout(spec(bundle));
    PATIENCE.until("it begins", () -> at(id).path("edges").path("issued").asInt() > 0 || begun(id));
    cloud.tell(id, "abort");
    told(bundle, id, end(id), begun, 0);
    fleet.returns(away);
    PATIENCE.until("it is heard again", () -> online(away));
    // What it is told, it is told when it connects.
    TimeUnit.SECONDS.sleep(2);
    check(away.serving().equals(good), bundle, "was aborted and came to who returned");
  }

  private boolean online(SimulatedEdge edge) throws IOException {
    for (JsonNode one : cloud.get("/api/v1/fleet").path("edges")) {
      if (one.path("edge").asText().equals(edge.name())) {
        return one.path("online").asBoolean();
      }
    }
    return false;
  }

  private SimulatedEdge anyone() {
    return fleet.edges().get(random.nextInt(shape.edges()));
  }

  private FleetBundle publish(Fault fault) throws IOException {
    version++;
    Path folder = home.resolve("bundles").resolve("v" + version);
    FleetBundle bundle = FleetBundle.write(folder, version, fault, keys.publisher());
    cloud.publish(folder);
    return bundle;
  }

  private String spec(FleetBundle bundle) {
    return """
    name: version %d (%s)
    slot: %s
    model: %s
    version: "%d"
    selector: {edges: ["*"]}
    waves: ["%d", "50%%", "100%%"]
    enough: 90%%
    shadow: 0s
    soak: %ds
    gates: {minRows: 20}
    failures: {most: 0, then: rollback}
    silentAfter: 1m
    """
        .formatted(
            bundle.version(),
            bundle.fault().word(),
            SLOT,
            FleetBundle.MODEL,
            bundle.version(),
            firstWave(),
            shape.soak().toSeconds());
  }

  private int firstWave() {
    return Math.max(1, shape.edges() / 20);
  }

  private JsonNode at(String id) throws IOException {
    return cloud.get("/api/v1/rollouts/" + id).path("rollout");
  }

  private String status(String id) throws IOException {
    return at(id).path("status").asText();
  }

  private boolean begun(String id) throws IOException {
    return asked(id) > 0;
  }

  private int asked(String id) throws IOException {
    int asked = 0;
    for (JsonNode edge : cloud.get("/api/v1/rollouts/" + id).path("edges")) {
      asked += edge.path("issued").asLong() > 0 ? 1 : 0;
    }
    return asked;
  }

  private String end(String id) throws InterruptedException {
    String[] last = {""};
    PATIENCE.until(
        "the rollout ends",
        () -> {
          last[0] = status(id);
          return isEnd(last[0]);
        });
    return last[0];
  }

  private static boolean isEnd(String status) {
    return List.of("done", "rolled-back", "aborted", "paused").contains(status);
  }

  private void told(FleetBundle bundle, String id, String status, long begun, double backSeconds)
      throws IOException {
    var story =
        new Story(
            bundle.version(),
            bundle.fault().word(),
            status,
            asked(id),
            (System.nanoTime() - begun) / 1e9,
            backSeconds,
            at(id).path("text").asText());
    stories.add(story);
    progress.accept(
        "version %d (%s): %s after %.1f s, %d edges were asked%s; %s"
            .formatted(
                story.version(),
                story.fault(),
                status,
                story.seconds(),
                story.asked(),
                backSeconds > 0 ? ", served for %.1f s".formatted(backSeconds) : "",
                story.why()));
  }

  private void check(boolean held, FleetBundle bundle, String words) {
    if (!held) {
      faults.add("version %d (%s) %s".formatted(bundle.version(), bundle.fault().word(), words));
    }
  }

  @Override
  public void close() {
    progress.accept("everything is stopped");
  }
}
