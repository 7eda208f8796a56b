package io.edgeflow.lab.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgeflow.lab.account.Accounts;
import io.edgeflow.lab.account.Balance;
import io.edgeflow.lab.account.CloudAccount;
import io.edgeflow.lab.account.EdgeAccount;
import io.edgeflow.lab.account.LedgerTable;
import io.edgeflow.lab.sim.FaultPlan;
import io.edgeflow.lab.sim.Plant;
import io.edgeflow.lab.sim.PlantLayout;
import io.edgeflow.lab.sim.PlantSlave;
import io.edgeflow.wire.frame.Lane;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A demo from the moment when everything is ready to its end. One thread. */
final class DemoRun {
  private static final Duration SETTLE_LIMIT = Duration.ofMinutes(2);
  private static final Duration MODEL_LIMIT = Duration.ofMinutes(2);
  private static final long SUMMARY_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  private final DemoSystem system;
  private final Parts parts;
  private final Documents documents;
  private final CountDownLatch stop;
  private final Accounts accounts;
  private final Narrator narrator;
  private final Optional<RolloutStory> rollouts;

  /**
   * What it shows, and for how long.
   *
   * @param runFor empty: until it is stopped
   * @param withoutCloud how long the cloud is stopped; empty: it is not
   * @param firstFault when the first pump begins to cavitate
   */
  record Parts(
      DemoSystem.Addresses addresses,
      PlantLayout layout,
      FaultPlan plan,
      Plant.Settings plant,
      Optional<Duration> runFor,
      Optional<Duration> withoutCloud,
      Duration firstFault) {}

  /**
   * @param rollouts of models that are published; empty for none
   * @param stop reaches 0 when somebody wants it to end
   */
  DemoRun(
      DemoSystem system,
      Parts parts,
      Documents documents,
      Optional<RolloutStory> rollouts,
      CountDownLatch stop) {
    this.rollouts = rollouts;
    this.system = system;
    this.parts = parts;
    this.documents = documents;
    this.stop = stop;
    var addresses = parts.addresses();
    this.accounts =
        new Accounts(
            path -> documents.read(addresses.edge().resolve(path)),
            path -> documents.read(addresses.cloud().resolve(path)),
            DemoSettings.EDGE);
    this.narrator =
        new Narrator(
            parts.plan(), parts.layout().pumps(), documents, addresses.edge(), DemoRun::say);
  }

  /**
   * @param slave the plant's, which runs already
   * @return the exit code
   */
  int show(PlantSlave slave) throws IOException, InterruptedException {
    tellAddresses();
    try (Plant plant = Plant.speak(parts.layout(), parts.plant(), slave)) {
      awaitModel();
      if (parts.withoutCloud().isPresent() && !stopping()) {
        system.stopCloud();
        say("the cloud is stopped: from here on the edge sees and acts alone");
      }
      parts.plan().begin(Plant.wallClockMicros());
      watch();
      finishStories();
      cloudReturns();
      finishRollouts();
      if (stopping()) {
        return 0;
      }
      say("stopping the plant and waiting until everything is delivered");
      drain(plant);
    }
    return settle();
  }

  private void tellAddresses() {
    var addresses = parts.addresses();
    say("");
    say("  dashboard             " + addresses.cloud() + "/");
    say("  commissioning page    " + addresses.edge() + "/");
    say(
        "  sensors may publish   mosquitto_pub -p "
            + addresses.sensors()
            + " -q 1 -t sensors/mine/x -m 1");
    say(
        parts
            .runFor()
            .map(time -> "  ends by itself after " + time.toSeconds() + " s")
            .orElse("  Ctrl-C ends it"));
    say("");
  }

  /** Until the model has scored something: what is seen by none cannot be shown. */
  private void awaitModel() throws IOException, InterruptedException {
    long begun = System.nanoTime();
    while (!stopping()) {
      JsonNode model = model();
      String state = model.path("state").asText();
      if (state.equals("serving") && model.path("scored").asLong() > 0) {
        say(
            "the model %s watches the pumps; its golden vectors came out right"
                .formatted(model.path("name").asText()));
        return;
      }
      boolean late = System.nanoTime() - begun > MODEL_LIMIT.toNanos();
      if (late || state.equals("refused") || state.equals("failed")) {
        throw new IOException("the model is " + state + ": " + model.path("detail").asText());
      }
      system.checkAlive();
      pause(LOOK_NANOS);
    }
  }

  private JsonNode model() throws IOException, InterruptedException {
    var address = parts.addresses().edge().resolve("/api/v1/status");
    return documents.read(address).path("models").path(0);
  }

  /** Until the time is over or somebody wants the end. */
  private void watch() throws IOException, InterruptedException {
    long begun = System.nanoTime();
    long length = parts.runFor().map(Duration::toNanos).orElse(Long.MAX_VALUE);
    long summaries = 0;
    for (long passed = 0; passed < length && !stopping(); passed = System.nanoTime() - begun) {
      system.checkAlive();
      narrator.look(true);
      lookAtRollouts();
      if (passed / SUMMARY_NANOS > summaries) {
        summaries = passed / SUMMARY_NANOS;
        summarise();
      }
      boolean outageOver =
          passed >= parts.withoutCloud().map(Duration::toNanos).orElse(Long.MAX_VALUE);
      if (outageOver && narrator.complete()) {
        cloudReturns();
      }
      pause(Math.min(LOOK_NANOS, length - passed));
    }
  }

  /** What began before the time was over is shown to its end. */
  private void finishStories() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + SETTLE_LIMIT.toNanos();
    while (!narrator.complete() && !stopping() && System.nanoTime() < deadline) {
      system.checkAlive();
      narrator.look(false);
      lookAtRollouts();
      pause(LOOK_NANOS);
    }
  }

  /** While the cloud is away there is nothing to see of them, though the edge goes on. */
  private void lookAtRollouts() throws IOException {
    if (rollouts.isPresent() && !system.alone()) {
      rollouts.get().look();
    }
  }

  private void finishRollouts() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + SETTLE_LIMIT.toNanos();
    while (!rolledOut() && !stopping() && System.nanoTime() < deadline) {
      system.checkAlive();
      lookAtRollouts();
      pause(LOOK_NANOS);
    }
  }

  private boolean rolledOut() {
    return rollouts.map(RolloutStory::complete).orElse(true);
  }

  private void cloudReturns() throws IOException, InterruptedException {
    if (system.alone() && !stopping()) {
      say("the cloud is started again");
      system.startCloud();
      system.awaitCloud(new Readiness(documents, this::stopping, line -> say("  " + line)));
    }
  }

  private void summarise() throws IOException, InterruptedException {
    EdgeAccount edge = accounts.edge();
    String accepted =
        "accepted %d readings, rejected %d; ".formatted(edge.accepted(), edge.rejected());
    long backlog = edge.lanes().values().stream().mapToLong(l -> l.buffered().frames()).sum();
    if (system.alone()) {
      say(accepted + "no cloud; backlog " + backlog + " frames");
      return;
    }
    CloudAccount cloud = accounts.cloud(false);
    OptionalDouble age = accounts.newestAgeSeconds();
    say(
        accepted
            + "stored %d, the newest %s; backlog %d frames"
                .formatted(
                    cloud.committed(Lane.WINDOW).readings(),
                    age.isEmpty() ? "-" : "%.0f s old".formatted(age.getAsDouble()),
                    backlog));
  }

  private void drain(Plant plant) throws InterruptedException {
    long deadline = System.nanoTime() + SETTLE_LIMIT.toNanos();
    boolean drained = false;
    while (!drained && !stopping() && System.nanoTime() < deadline) {
      drained = plant.drain(Duration.ofSeconds(1));
    }
  }

  private int settle() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + SETTLE_LIMIT.toNanos();
    for (int second = 1; !accounts.edge().delivered() && System.nanoTime() < deadline; second++) {
      if (stop.await(1, TimeUnit.SECONDS)) {
        return 1;
      }
      system.checkAlive();
      if (second % TimeUnit.NANOSECONDS.toSeconds(SUMMARY_NANOS) == 0) {
        summarise();
      }
    }
    Accounts.Pair pair = accounts.pair();
    Balance balance = Balance.of(pair.edge(), pair.cloud());
    System.out.print(LedgerTable.of(pair.edge(), pair.cloud(), balance));
    boolean shown = tellStories();
    return balance.holds() && shown && tellRollouts() ? 0 : 1;
  }

  private boolean tellRollouts() {
    if (rollouts.isEmpty()) {
      return true;
    }
    List<String> faults = new ArrayList<>(rollouts.get().faults());
    if (!rollouts.get().complete()) {
      faults.add("the rollouts did not end in time");
    }
    say(
        faults.isEmpty()
            ? "\nok   the good model serves, and the bad one was taken back without a person"
            : "\nOFF  " + String.join("\nOFF  ", faults));
    return faults.isEmpty();
  }

  /** Whether each fault took its course; there must be one if there was time for it. */
  private boolean tellStories() throws IOException, InterruptedException {
    boolean time = parts.runFor().filter(all -> all.compareTo(parts.firstFault()) > 0).isPresent();
    if (narrator.stories().isEmpty()) {
      say(time ? "\nNO PUMP CAVITATED" : "\nthere was no time for a pump to cavitate");
      return !time;
    }
    JsonNode events = documents.read(parts.addresses().cloud().resolve(StoryAccount.query()));
    var account = new StoryAccount(narrator.stories(), events);
    System.out.print(account.text());
    return account.faults().isEmpty();
  }

  private void pause(long nanos) throws InterruptedException {
    var _ = stop.await(Math.max(1, nanos), TimeUnit.NANOSECONDS);
  }

  private boolean stopping() {
    return stop.getCount() == 0;
  }

  static void say(String line) {
    System.out.println(line);
  }
}
