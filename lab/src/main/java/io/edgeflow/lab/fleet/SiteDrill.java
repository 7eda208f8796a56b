package io.edgeflow.lab.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgeflow.lab.child.House;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A hub and gateways behind it finish a rollout while the cloud is away, and take another one back.
 * All are real processes. One thread.
 */
public final class SiteDrill {
  private static final Duration START = Duration.ofMinutes(2);
  private static final Patience PATIENCE = new Patience(Duration.ofMinutes(4));
  private static final String SLOT = "health";
  private static final int MEMBERS = 3;

  /** So slow that a bad model is not found out before the cloud is gone. */
  private static final Duration RHYTHM = Duration.ofMillis(500);

  private final House house;
  private final Publishing cloud;
  private final List<House.Clone> members;
  private final Path home;
  private final Keys keys;
  private final Consumer<String> progress;
  private final List<String> faults = new ArrayList<>();
  private final List<String> told = new ArrayList<>();
  private String good = "";

  /**
   * @param told what happened, for people
   * @param faults empty if everything held
   */
  public record Report(List<String> told, List<String> faults) {}

  private SiteDrill(
      House house,
      Publishing cloud,
      List<House.Clone> members,
      Path home,
      Keys keys,
      Consumer<String> progress) {
    this.house = house;
    this.cloud = cloud;
    this.members = members;
    this.home = home;
    this.keys = keys;
    this.progress = progress;
  }

  /**
   * Plays it.
   *
   * @param home an empty folder
   */
  public static Report play(Path home, Consumer<String> progress)
      throws IOException, InterruptedException {
    Keys keys = Keys.in(home.resolve("keys"));
    House.Addresses at = House.Addresses.free();
    URI web = URI.create("http://127.0.0.1:" + at.cloudHttp());
    var design =
        new House.Design(
                home,
                at,
                at.cloudBroker(),
                House.Design.GATEWAY,
                List.of(
                    "deploy.root=" + keys.root(),
                    "deploy.url=" + web,
                    "hub.enabled=true",
                    "hub.members=[\"m-*\"]",
                    "hub.cloudAway=5s"))
            .withCloud(
                List.of("deploy.root=" + keys.root(), "deploy.signingKey=" + keys.controller()));
    try (House house = new House(design)) {
      house.cloud().start();
      house.gateway().start();
      house.cloud().awaitReady(START);
      house.gateway().awaitReady(START);
      return behind(house, at, home, keys, web, progress);
    }
  }

  private static Report behind(
      House house, House.Addresses at, Path home, Keys keys, URI web, Consumer<String> progress)
      throws IOException, InterruptedException {
    List<House.Clone> members = new ArrayList<>();
    List<Sensor> sensors = new ArrayList<>();
    try (var cloud = new Publishing(web)) {
      for (int i = 1; i <= MEMBERS; i++) {
        House.Clone member =
            house.another(
                "m-" + i,
                URI.create("tcp://127.0.0.1:" + at.gatewayMqtt()),
                List.of(
                    "deploy.root=" + keys.root(),
                    "deploy.url=http://127.0.0.1:" + at.gatewayHttp(),
                    "hub.behind=" + House.EDGE,
                    "scoring=[{slot: " + SLOT + "}]"));
        members.add(member);
        member.gateway().start();
        sensors.add(Sensor.start(member.sensors(), RHYTHM));
      }
      for (House.Clone member : members) {
        member.gateway().awaitReady(START);
      }
      return new SiteDrill(house, cloud, members, home, keys, progress).play();
    } finally {
      sensors.forEach(Sensor::close);
      members.forEach(House.Clone::close);
    }
  }

  private Report play() throws IOException, InterruptedException {
    cloud.keys(keys);
    PATIENCE.until(
        "every member listens",
        () -> cloud.get("/api/v1/fleet").at("/counts/listening").asInt() == MEMBERS + 1);
    say("a hub, %d gateways behind it and a cloud are there".formatted(MEMBERS));
    FleetBundle first = publish(1, Fault.NONE);
    String id = cloud.rollout(spec(first));
    goAwayOnceItBegan(first, id);
    PATIENCE.until("every member serves it", () -> serves(first.digest()) == MEMBERS);
    say("the site finished every wave without the cloud");
    good = first.digest();
    cloudReturns(id, "done");

    FleetBundle bad = publish(2, Fault.ALARMS);
    String worse = cloud.rollout(spec(bad));
    goAwayOnceItBegan(bad, worse);
    PATIENCE.until("every member is back", () -> serves(good) == MEMBERS);
    // The hub begins to decide when the cloud has been away for a while.
    PATIENCE.until("the hub is alone", () -> hub().at("/rollout/alone").asBoolean());
    PATIENCE.until("the hub gives it up", () -> hub().at("/rollout/phase").asText().equals("back"));
    if (asked(bad) > 1) {
      faults.add("a bad model came to %d members".formatted(asked(bad)));
    }
    say("the first member took the bad one back, and the hub let no other begin");
    cloudReturns(worse, "rolled-back");
    return new Report(List.copyOf(told), List.copyOf(faults));
  }

  /** With the first member's work on it begun, the cloud ends, hard. */
  private void goAwayOnceItBegan(FleetBundle bundle, String id)
      throws IOException, InterruptedException {
    PATIENCE.until(
        "the hub has a mandate",
        () -> hub().at("/rollout/rollout").asText().equals(id) && asked(bundle) > 0);
    house.cloud().child().kill();
    say("the cloud is killed; %d of %d serve it".formatted(serves(bundle.digest()), MEMBERS));
  }

  /** By how many it was begun, whatever came of it. */
  private int asked(FleetBundle bundle) throws IOException {
    int asked = 0;
    for (House.Clone member : members) {
      JsonNode rollouts = member.gateway().json("/api/v1/status").path("rollouts");
      boolean refuses = rollouts.path("denied").toString().contains(bundle.digest());
      boolean has = rollouts.at("/slots/0/digest").asText().equals(bundle.digest());
      asked += refuses || has ? 1 : 0;
    }
    return asked;
  }

  private JsonNode hub() throws IOException {
    return house.gateway().json("/api/v1/status").path("hub");
  }

  private void cloudReturns(String id, String wanted) throws IOException, InterruptedException {
    house.cloud().start();
    house.cloud().awaitReady(START);
    String[] last = {""};
    PATIENCE.until(
        "the rollout ends",
        () -> {
          last[0] = cloud.get("/api/v1/rollouts/" + id).at("/rollout/status").asText();
          return List.of("done", "rolled-back", "paused", "aborted").contains(last[0]);
        });
    say("the cloud is back and calls the rollout " + last[0]);
    if (!last[0].equals(wanted)) {
      faults.add("the rollout " + id + " is " + last[0] + " and not " + wanted);
    }
    if (serves(good) != MEMBERS) {
      faults.add("%d of %d serve the good one".formatted(serves(good), MEMBERS));
    }
  }

  private FleetBundle publish(int version, Fault fault) throws IOException {
    Path folder = home.resolve("published").resolve("v" + version);
    FleetBundle bundle = FleetBundle.write(folder, version, fault, keys.publisher());
    cloud.publish(folder);
    return bundle;
  }

  private static String spec(FleetBundle bundle) {
    return """
    name: version %d (%s)
    slot: %s
    model: %s
    version: "%d"
    selector: {edges: ["m-*"]}
    waves: [1, 2, 100%%]
    enough: 100%%
    shadow: 0s
    soak: 4s
    gates: {minRows: 5}
    failures: {most: 0, then: rollback}
    wait: 10m
    mandate: 30m
    """
        .formatted(
            bundle.version(), bundle.fault().word(), SLOT, FleetBundle.MODEL, bundle.version());
  }

  private int serves(String digest) throws IOException {
    int serving = 0;
    for (House.Clone member : members) {
      JsonNode model = member.gateway().json("/api/v1/status").path("models").path(0);
      serving += model.path("digest").asText().equals(digest) ? 1 : 0;
    }
    return serving;
  }

  private void say(String line) {
    told.add(line);
    progress.accept(line);
  }
}
