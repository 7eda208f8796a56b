package io.edgeflow.lab.drill;

import io.edgeflow.lab.child.House;
import io.edgeflow.lab.child.Service;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The data directory of the gateway is copied and a second gateway started on the copy, beside the
 * first.
 *
 * @param phase how long both work, each time
 * @param states in which it is copied, one after the other
 */
record CloneDrill(Duration phase, Set<State> states) implements Drill {
  private static final Duration STOP = Duration.ofSeconds(15);

  /** In what state the original is copied. */
  enum State {
    STOPPED,
    KILLED,
    RUNNING;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Override
  public String name() {
    return "clone";
  }

  @Override
  public Stage.Settings settings() {
    return Stage.Settings.standard();
  }

  @Override
  public Played play(Stage stage) throws IOException, SQLException, InterruptedException {
    SequencedMap<String, Object> figures = new LinkedHashMap<>();
    List<String> faults = new ArrayList<>();
    StringBuilder account = new StringBuilder();
    for (State state : states) {
      stage.say("copying the gateway's directory while it is " + state.word());
      phase(stage, state);
      faults.addAll(Settling.of(stage));
      Comparison readings = stage.compare();
      long conflicts = stage.tables().conflicts();
      figures.put(state.word() + ".conflicts", conflicts);
      figures.put(state.word() + ".missing", readings.missing());
      figures.put(state.word() + ".excess", readings.excess());
      account.append(
          ("Copied while %s, both at work for %d s: %d frames in conflict, %d readings missing, %d"
                  + " too many. ")
              .formatted(
                  state.word(),
                  phase.toSeconds(),
                  conflicts,
                  readings.missing(),
                  readings.excess()));
      if (state == State.RUNNING) {
        faults.addAll(silence(readings, conflicts));
      } else if (conflicts > 0 || !readings.differences().isEmpty()) {
        faults.add("copied while %s, and something differs".formatted(state.word()));
        readings.differences().forEach(difference -> faults.add(difference.toString()));
      }
    }
    Played played = Played.of(account.toString().strip(), figures);
    for (String fault : faults) {
      played = played.requiring(false, fault);
    }
    return played.lenient(Leniency.COUNTED_CONFLICTS);
  }

  private static List<String> silence(Comparison readings, long conflicts) {
    List<String> faults = new ArrayList<>();
    if (conflicts == 0) {
      faults.add("copied while running, and no conflict is counted");
      readings.differences().forEach(difference -> faults.add(difference.toString()));
    }
    return faults;
  }

  private void phase(Stage stage, State state) throws IOException, InterruptedException {
    House house = stage.house();
    stage.add(Crowd.start(load(stage, state, "original"), house.sensors(), stage.seed()));
    pass();
    if (state == State.RUNNING) {
      // The copy shall be the first to use the numbers that both will use.
      stage.link().refuse();
    }
    Path copy = copy(house, state);
    try (House.Clone clone = house.cloneOfGateway(copy)) {
      clone.gateway().start();
      clone.gateway().awaitReady(Stage.START);
      Crowd crowd =
          stage.add(Crowd.start(load(stage, state, "copy"), clone.sensors(), stage.seed() + 1));
      pass();
      if (!crowd.drain(Stage.START)) {
        throw new DrillFailure("the copy does not acknowledge");
      }
      end(stage, clone.gateway());
    }
    stage.link().pass();
  }

  /** Its last frames are delivered before it ends. */
  private static void end(Stage stage, Service gateway) throws InterruptedException {
    List<String> left = Settling.delivered(gateway, stage::say);
    if (!left.isEmpty()) {
      throw new DrillFailure("the copy: " + left);
    }
    gateway.child().stop(STOP);
  }

  private Path copy(House house, State state) throws IOException {
    switch (state) {
      case STOPPED -> house.gateway().child().stop(STOP);
      case KILLED -> house.gateway().child().kill();
      case RUNNING -> {}
    }
    Path copy = house.gatewayDirectory().resolveSibling("copied-while-" + state.word());
    Trees.copy(house.gatewayDirectory(), copy);
    if (state != State.RUNNING) {
      house.gateway().start();
      house.gateway().awaitReady(Stage.START);
    }
    return copy;
  }

  private static Crowd.Load load(Stage stage, State state, String whose) {
    return stage.load().named(state.word() + "-" + whose + "-");
  }

  private void pass() throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(phase.toNanos());
  }
}
