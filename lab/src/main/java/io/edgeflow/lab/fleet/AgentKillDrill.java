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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * A real gateway takes good and bad models and is killed with -9 at every step of its journal. One
 * thread.
 */
public final class AgentKillDrill {
  private static final Duration START = Duration.ofMinutes(2);
  private static final Patience PATIENCE = new Patience(Duration.ofMinutes(3));

  /** A proven model rests after it was killed in its first seconds: 5 s, 10 s, 20 s, 40 s. */
  private static final Patience SOON = new Patience(Duration.ofMinutes(2));

  private static final long STEP_NANOS = TimeUnit.SECONDS.toNanos(6);
  private static final String SLOT = "health";
  private static final int MOST_IN_ROLLOUT = 3;

  /** Some steps are over within a millisecond. */
  private static final long LOOK_NANOS = 100_000;

  /** From one question to the cloud to the next. */
  private static final int LOOKS = 1_000;

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
  private int older;

  /** Digests that proved themselves, the newest last. */
  private final List<String> proven = new ArrayList<>();

  /**
   * @param kills at which step of the journal, or {@code at random}
   * @param ends how rollouts ended, by fault
   * @param older how often an older model than the newest proven one served in the end
   * @param faults empty if everything held
   */
  public record Report(
      int killed,
      SortedMap<String, Integer> kills,
      int rollouts,
      SortedMap<String, Integer> ends,
      int older,
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
    PATIENCE.until("the edge listens", () -> counts().path("listening").asInt() == 1);
    rollOut(Fault.NONE, 0);
    while (killed < wanted) {
      Fault fault = FAULTS.get(random.nextInt(FAULTS.size()));
      rollOut(fault, Math.min(wanted - killed, 1 + random.nextInt(MOST_IN_ROLLOUT)));
      progress.accept("%d kills, %d rollouts; %s".formatted(killed, version, ends));
    }
    return new Report(killed, kills, version, ends, older, List.copyOf(faults));
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
    boolean over = false;
    for (int look = 1; !reached && !over; look++) {
      reached = step().equals(step);
      LockSupport.parkNanos(LOOK_NANOS);
      over = look % LOOKS == 0 && (System.nanoTime() > deadline || isEnd(status(id)));
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

  /**
   * Whatever happened, a proven model serves, and the cloud is told which. It may be an older one:
   * one that the process died of twice in its first seconds rests before it is tried again (R2).
   */
  private void judge(FleetBundle bundle, String status) throws IOException, InterruptedException {
    String words = "version %d (%s, %s)".formatted(bundle.version(), bundle.fault().word(), status);
    if (status.equals("done") && bundle.fault() == Fault.NONE) {
      proven.add(bundle.digest());
    } else if (status.equals("done") || !status.equals("rolled-back")) {
      faults.add(words + " ended so");
    }
    if (!SOON.sees(() -> proven.contains(serving()) && isTold(serving()))) {
      faults.add(
          "after %s there serves '%s', and the cloud is told %s"
              .formatted(words, serving(), cloud.get("/api/v1/fleet").path("edges").path(0)));
    }
    older += serving().equals(newest()) ? 0 : 1;
  }

  private String newest() {
    return proven.isEmpty() ? "" : proven.getLast();
  }

  private String serving() throws IOException {
    return house.gateway().json("/api/v1/status").path("models").path(0).path("digest").asText();
  }

  /** The cloud lists this model, and the agent claims of no other one that it serves. */
  private boolean isTold(String digest) throws IOException {
    JsonNode edge = cloud.get("/api/v1/fleet").path("edges").path(0);
    for (JsonNode slot : edge.path("slots")) {
      if (slot.path("state").asText().equals("active")
          && !slot.path("digest").asText().equals(digest)) {
        return false;
      }
    }
    for (JsonNode model : cloud.get("/api/v1/models").path("models")) {
      if (model.path("digest").asText().equals(digest)) {
        return model.path("edges").size() == 1;
      }
    }
    return false;
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
}
