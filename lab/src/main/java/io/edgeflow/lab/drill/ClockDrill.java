package io.edgeflow.lab.drill;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgeflow.gateway.clock.OsSync;
import io.edgeflow.lab.account.EdgeAccount;
import io.edgeflow.lab.child.Service;
import io.edgeflow.lab.clock.Wandering;
import io.edgeflow.lab.clock.WanderingGateway;
import io.edgeflow.wire.frame.Lane;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The gateway's wall clock goes wrong, under load and over restarts, and right again.
 *
 * @param speech how long sensors speak in each state of a clock
 */
record ClockDrill(List<WrongClock> clocks, Duration speech) implements Drill {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** What was on its way when a clock changed. */
  private static final Duration TRANSITION = Duration.ofMillis(1_500);

  /** A time that is written down once a minute may be that old, and no clock is hurt by it. */
  private static final Duration NEAR = Duration.ofMinutes(10);

  /** Room is looked for every five seconds. */
  private static final Duration LOOKS = Duration.ofSeconds(12);

  ClockDrill {
    clocks = List.copyOf(clocks);
  }

  @Override
  public String name() {
    return "clock";
  }

  /** Segments so small that many are complete, and would go if they looked old. */
  @Override
  public Stage.Settings settings() {
    return Stage.Settings.standard()
        .run(WanderingGateway.class.getName())
        .and("journal.segmentBytes=64KiB");
  }

  @Override
  public Played play(Stage stage) throws IOException, SQLException, InterruptedException {
    return new Play(stage).play();
  }

  /** One run; used once. */
  private final class Play {
    private final Stage stage;
    private final Service gateway;
    private final Path clock;
    private final Crowd crowd;
    private final Instant begun = Instant.now();
    private final List<String> faults = new ArrayList<>();
    private final SequencedMap<String, Object> figures = new LinkedHashMap<>();
    private Set<String> segments = Set.of();
    private long doubted;
    private long sure;
    private int starts;

    Play(Stage stage) {
      this.stage = stage;
      this.gateway = stage.house().gateway();
      this.clock = stage.house().gatewayDirectory().resolveSibling("clock");
      this.crowd = stage.speak();
    }

    Played play() throws IOException, SQLException, InterruptedException {
      stage.awaitLinked(PATIENCE);
      for (WrongClock wrong : clocks) {
        stage.say("the clock: " + wrong.words());
        right();
        restart();
        if (wrong.atBoot()) {
          bootWithout(wrong);
        } else {
          jump(wrong);
        }
        back(wrong);
        keepsSegments(wrong.words());
      }
      bootAhead();
      return account();
    }

    private void right() throws IOException {
      new Wandering(0, OsSync.NO).write(clock);
    }

    private void wrong(WrongClock wrong) throws IOException {
      new Wandering(wrong.offsetMicros(), OsSync.NO).write(clock);
    }

    private void restart() throws IOException {
      gateway.child().kill();
      gateway.start(List.of(Wandering.option(clock)), List.of());
      gateway.awaitReady(Stage.START);
      starts++;
    }

    private void bootWithout(WrongClock wrong) throws IOException, InterruptedException {
      sure += speak("believed");
      unlink(wrong);
      wrong(wrong);
      restart();
      awaitBelief(false);
      doubted += speak("doubted");
    }

    /** While it runs; and it is killed and started while its clock is still wrong. */
    private void jump(WrongClock wrong) throws IOException, InterruptedException {
      awaitBelief(true);
      sure += speak("believed");
      unlink(wrong);
      wrong(wrong);
      awaitBelief(false);
      doubted += speak("doubted after " + wrong.words());
      restart();
      awaitBelief(false);
      doubted += speak("doubted after a restart, " + wrong.words());
    }

    private void unlink(WrongClock wrong) {
      if (!wrong.linked()) {
        stage.link().refuse();
      }
    }

    /** Somebody sets it; where there was none, the operating system says that it knows. */
    private void back(WrongClock wrong) throws IOException, InterruptedException {
      new Wandering(0, wrong.atBoot() ? OsSync.YES : OsSync.NO).write(clock);
      awaitBelief(true);
      sure += speak("believed again");
      stage.link().pass();
    }

    private void awaitBelief(boolean believed) throws InterruptedException {
      Patience.until(
          "the clock is " + (believed ? "" : "not ") + "believed",
          PATIENCE,
          () -> clockView().path("believed").asBoolean() == believed);
      TimeUnit.MILLISECONDS.sleep(TRANSITION.toMillis());
    }

    private JsonNode clockView() throws IOException {
      return gateway.json("/api/v1/status").path("clock");
    }

    /**
     * Lets sensors speak for a while: windows close, and the gateway knows what time it is.
     *
     * @return readings that were acknowledged
     */
    private long speak(String where) throws IOException, InterruptedException {
      long before = crowd.acknowledged();
      long framed = framed();
      TimeUnit.MILLISECONDS.sleep(speech.toMillis());
      Patience.until("a reading is acknowledged", PATIENCE, () -> crowd.acknowledged() > before);
      long told = crowd.acknowledged() - before;
      if (!Patience.holdsWithin(Duration.ofSeconds(10), () -> framed() > framed)) {
        faults.add("no window closes: " + where);
      }
      long away = Math.abs(clockView().path("timeMillis").asLong() - System.currentTimeMillis());
      if (away > NEAR.toMillis()) {
        faults.add("the time is wrong by " + away / 1_000 + " s: " + where);
      }
      return told;
    }

    private long framed() throws IOException {
      EdgeAccount edge = EdgeAccount.of(gateway.json("/api/v1/ledger"));
      return edge.lane(Lane.WINDOW).framed().readings();
    }

    /** Nothing delivered went because of a clock (J10): there is room, and it is not old. */
    private void keepsSegments(String when) throws IOException {
      Set<String> now = segmentFiles();
      Set<String> gone = new TreeSet<>(segments);
      gone.removeAll(now);
      if (!gone.isEmpty()) {
        faults.add("gone too early, after " + when + ": " + gone);
      }
      segments = now;
    }

    private Set<String> segmentFiles() throws IOException {
      try (Stream<Path> files = Files.list(stage.house().gatewayDirectory().resolve("journal"))) {
        return files
            .filter(Files::isRegularFile)
            .map(file -> file.getFileName().toString())
            .filter(name -> name.endsWith(".log"))
            .collect(Collectors.toCollection(TreeSet::new));
      }
    }

    /** A clock that is wrong from the start and looks right: nobody speaks, only ages count. */
    private void bootAhead() throws IOException, InterruptedException {
      stage.say("a start with a clock ten years ahead that nothing contradicts");
      faults.addAll(Settling.of(stage));
      keepsSegments("settling");
      stage.link().refuse();
      new Wandering(WrongClock.micros(WrongClock.TEN_YEARS), OsSync.UNKNOWN).write(clock);
      restart();
      TimeUnit.MILLISECONDS.sleep(LOOKS.toMillis());
      keepsSegments("a start ten years ahead");
      right();
      restart();
      stage.link().pass();
      stage.awaitLinked(PATIENCE);
    }

    private Played account() throws IOException, SQLException, InterruptedException {
      faults.addAll(Settling.of(stage));
      ClockTraces traces = new ClockTraces(stage.tables());
      long uncertain = traces.uncertain();
      long total = stage.tables().total();
      long astray = traces.astray(begun.minus(NEAR), Instant.now().plus(NEAR));
      List<Long> jumps = traces.jumps();
      figures.put("starts", starts);
      figures.put("segments", segments.size());
      figures.put("acknowledgedInDoubt", doubted);
      figures.put("uncertain", uncertain);
      figures.put("stored", total);
      figures.put("placedAstray", astray);
      figures.put("jumpsTold", jumps);
      Played played =
          Played.of(
                  ("The gateway's clock was wrong in %d ways, over %d starts. %d readings were"
                          + " acknowledged while it was not believed; %d of %d in the tables are"
                          + " marked uncertain; %d lie where a wrong clock pointed. Events tell of"
                          + " jumps by %s s. %d segments of the journal are complete and kept.")
                      .formatted(
                          clocks.size(),
                          starts,
                          doubted,
                          uncertain,
                          total,
                          astray,
                          jumps,
                          segments.size()),
                  figures)
              .requiring(
                  uncertain >= doubted,
                  "%d readings are marked uncertain, %d came in doubt"
                      .formatted(uncertain, doubted))
              .requiring(
                  uncertain <= total - sure,
                  "%d of %d readings are marked uncertain, but %d came without doubt"
                      .formatted(uncertain, total, sure))
              .requiring(astray == 0, astray + " readings lie where a wrong clock pointed")
              .requiring(
                  traces.believed() >= clocks.size(), "not every return of belief made an event")
              .requiring(segments.size() > 2, "too few segments to lose any");
      for (WrongClock wrong : clocks) {
        played = played.requiring(isTold(wrong, jumps), "no event names the jump " + wrong.words());
      }
      for (String fault : faults) {
        played = played.requiring(false, fault);
      }
      return played;
    }

    /** At its start a gateway cannot know by how much its clock is wrong. */
    private boolean isTold(WrongClock wrong, List<Long> jumps) {
      long seconds = TimeUnit.MICROSECONDS.toSeconds(wrong.offsetMicros());
      return wrong.atBoot()
          || jumps.stream().anyMatch(told -> Math.abs(told - seconds) < NEAR.toSeconds());
    }
  }
}
