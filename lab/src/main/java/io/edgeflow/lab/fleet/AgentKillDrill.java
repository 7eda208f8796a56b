package io.edgeflow.lab.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgeflow.lab.child.House;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A real gateway takes good and bad models and is killed with -9 at every step of its journal. One
 * thread.
 */
public final class AgentKillDrill {
  private static final Duration START = Duration.ofMinutes(2);
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final long STEP_NANOS = TimeUnit.SECONDS.toNanos(6);
  private static final String SLOT = "health";
  private static final int MOST_IN_ROLLOUT = 3;

  /** Steps as the agent's journal names them. */
  private static final List<String> STEPS =
      List.of(
          "QUEUED",
          "DOWNLOADING",
          "VERIFIED",
          "PREPARING",
          "PREPARED",
          "SHADOW",
          "ACTIVATING",
          "ACTIVE",
          "PROVEN",
          "RETURNING",
          "ROLLED_BACK");

  private static final List<Fault> FAULTS =
      List.of(Fault.NONE, Fault.NONE, Fault.NONE, Fault.NAN, Fault.ALARMS, Fault.WRONG);

  private final House house;
  private final Publishing cloud;
  private final Path home;
  private final Keys keys;
  private final Random random;
  private final Consumer<String> progress;
  private final SortedMap<String, Integer> kills = new TreeMap<>();
  private final List<String> faults = new ArrayList<>();
  private final SortedMap<String, Integer> ends = new TreeMap<>();
  private int version;
  private int killed;
  private String proven = "";

  /**
   * @param kills at which step of the journal, or {@code at random}
   * @param ends how rollouts ended, by fault
   * @param faults empty if everything held
   */
  public record Report(
      int killed,
      SortedMap<String, Integer> kills,
      int rollouts,
      SortedMap<String, Integer> ends,
      List<String> faults) {}

  private AgentKillDrill(
      House house, Publishing cloud, Path home, Keys keys, long seed, Consumer<String> progress) {
    this.house = house;
    this.cloud = cloud;
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
  public static Report play(int kills, long seed, Path home, Consumer<String> progress)
      throws IOException, InterruptedException {
    Keys keys = Keys.in(home.resolve("keys"));
    House.Addresses addresses = House.Addresses.free();
    URI web = URI.create("http://127.0.0.1:" + addresses.cloudHttp());
    var design =
        new House.Design(
                home,
                addresses,
                addresses.cloudBroker(),
                House.Design.GATEWAY,
                List.of(
                    "deploy.root=" + keys.root(),
                    "deploy.url=" + web,
                    "scoring=[{slot: " + SLOT + "}]"))
            .withCloud(
                List.of("deploy.root=" + keys.root(), "deploy.signingKey=" + keys.controller()));
    try (House house = new House(design)) {
      house.cloud().start();
      house.gateway().start();
      house.cloud().awaitReady(START);
      house.gateway().awaitReady(START);
      try (var cloud = new Publishing(web);
          var _ = Sensor.start(house.sensors())) {
        return new AgentKillDrill(house, cloud, home, keys, seed, progress).play(kills);
      }
    }
  }

  private Report play(int wanted) throws IOException, InterruptedException {
    cloud.keys(keys);
    until("the edge listens", () -> counts().path("listening").asInt() == 1);
    rollOut(Fault.NONE, 0);
    while (killed < wanted) {
      Fault fault = FAULTS.get(random.nextInt(FAULTS.size()));
      rollOut(fault, Math.min(wanted - killed, 1 + random.nextInt(MOST_IN_ROLLOUT)));
      progress.accept("%d kills, %d rollouts; %s".formatted(killed, version, ends));
    }
    return new Report(killed, kills, version, ends, List.copyOf(faults));
  }

  private JsonNode counts() throws IOException {
    return cloud.get("/api/v1/fleet").path("counts");
  }

  private void rollOut(Fault fault, int times) throws IOException, InterruptedException {
    version++;
    Path folder = home.resolve("bundles").resolve("v" + version);
    FleetBundle bundle = FleetBundle.write(folder, version, fault, keys.publisher());
    cloud.publish(folder);
    String id = cloud.rollout(spec(bundle));
    for (int i = 0; i < times; i++) {
      kill(id);
    }
    String status = end(id);
    ends.merge(fault.word() + " " + status, 1, Integer::sum);
    judge(bundle, status);
  }

  private void kill(String id) throws IOException, InterruptedException {
    String step = STEPS.get(random.nextInt(STEPS.size()));
    long deadline = System.nanoTime() + STEP_NANOS;
    boolean reached = false;
    while (!reached && System.nanoTime() < deadline && !isEnd(status(id))) {
      reached = step().equals(step);
    }
    if (random.nextBoolean()) {
      TimeUnit.MILLISECONDS.sleep(random.nextInt(30));
    }
    house.gateway().child().kill();
    killed++;
    kills.merge(reached ? step : "at random", 1, Integer::sum);
    house.gateway().start();
    house.gateway().awaitReady(START);
  }

  /** Where the slot stands, by what is on the disk; empty if nothing is. */
  private String step() {
    try {
      String journal =
          Files.readString(house.gatewayDirectory().resolve("deploy").resolve("journal"));
      int at = journal.indexOf("\"step\":\"");
      return at < 0 ? "" : journal.substring(at + 8, journal.indexOf('"', at + 8));
    } catch (IOException beingReplaced) {
      return "";
    }
  }

  /** Whatever happened, a proven model serves, and both ends say the same of it. */
  private void judge(FleetBundle bundle, String status) throws IOException, InterruptedException {
    boolean done = status.equals("done");
    String expected = done ? bundle.digest() : proven;
    if (done && bundle.fault() != Fault.NONE) {
      faults.add("version %d (%s) passed".formatted(bundle.version(), bundle.fault().word()));
    }
    if (!done && !status.equals("rolled-back")) {
      faults.add("the rollout of version %d is %s".formatted(bundle.version(), status));
    }
    if (!holdsWithin(() -> serving().equals(expected))) {
      faults.add(
          "after version %d (%s, %s) there serves '%s', not '%s'"
              .formatted(bundle.version(), bundle.fault().word(), status, serving(), expected));
    }
    if (!holdsWithin(() -> told().equals(expected))) {
      faults.add(
          "after version %d (%s, %s) the cloud is told '%s', not '%s'"
              .formatted(bundle.version(), bundle.fault().word(), status, told(), expected));
    }
    proven = done ? bundle.digest() : proven;
  }

  private String serving() throws IOException {
    return house.gateway().json("/api/v1/status").path("models").path(0).path("digest").asText();
  }

  /** The proven model that the edge reports. */
  private String told() throws IOException {
    for (JsonNode edge : cloud.get("/api/v1/fleet").path("edges")) {
      for (JsonNode slot : edge.path("slots")) {
        if (slot.path("state").asText().equals("active") && slot.path("proven").asBoolean()) {
          return slot.path("digest").asText();
        }
      }
    }
    return "";
  }

  private static String spec(FleetBundle bundle) {
    return """
    name: version %d (%s)
    slot: %s
    model: %s
    version: "%d"
    selector: {edges: ["*"]}
    waves: ["100%%"]
    shadow: 1s
    soak: 3s
    gates: {minRows: 20, crashes: 9}
    failures: {most: 0, then: rollback}
    silentAfter: 2m
    """
        .formatted(
            bundle.version(), bundle.fault().word(), SLOT, FleetBundle.MODEL, bundle.version());
  }

  private String status(String id) throws IOException {
    return cloud.get("/api/v1/rollouts/" + id).path("rollout").path("status").asText();
  }

  private String end(String id) throws InterruptedException {
    String[] last = {""};
    until(
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

  private static boolean holdsWithin(Callable<Boolean> condition) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!Fleet.holds(condition)) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    return true;
  }

  private static void until(String what, Callable<Boolean> condition) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!Fleet.holds(condition)) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("not within " + PATIENCE.toSeconds() + " s: " + what);
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }
}
