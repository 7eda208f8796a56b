package io.edgeflow.lab.drill;

import io.edgeflow.lab.account.CloudAccount;
import io.edgeflow.lab.child.House;
import io.edgeflow.lab.child.Service;
import io.edgeflow.lab.sim.PayloadForm;
import io.edgeflow.lab.sim.PlantLayout;
import io.edgeflow.lab.sim.SimulatedPoint;
import io.edgeflow.process.files.Folders;
import io.edgeflow.wire.frame.Lane;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The cloud's database is put back to an older state.
 *
 * @param phase how much of the database's life is taken back, each time
 * @param beyond whether also beyond what the edge still holds
 */
record RestoreDrill(Duration phase, boolean beyond) implements Drill {
  private static final Duration STOP = Duration.ofSeconds(15);
  private static final Duration FILLED = Duration.ofMinutes(2);

  @Override
  public String name() {
    return "restore";
  }

  /** Room for minutes of this load, and for seconds of the flood at the end. */
  @Override
  public Stage.Settings settings() {
    return Stage.Settings.standard().and("journal.segmentBytes=64KiB", "buffer.maxBytes=4MiB");
  }

  @Override
  public Played play(Stage stage) throws IOException, SQLException, InterruptedException {
    SequencedMap<String, Object> figures = new LinkedHashMap<>();
    StringBuilder account = new StringBuilder();
    stage.speak();
    stage.awaitLinked(Stage.START);
    pass(stage);
    Path backUp = backUp(stage);
    pass(stage);
    account.append(putBack(stage, backUp, figures));
    pass(stage);
    account.append(failOver(stage, backUp, figures));
    Played played = Played.of(account.toString().strip(), figures);
    return beyond ? putBackTooMuch(stage, backUp, played) : played;
  }

  /** Some of the database's life, in which it surely gets something. */
  private void pass(Stage stage) throws IOException, SQLException, InterruptedException {
    long before = stage.tables().total();
    TimeUnit.NANOSECONDS.sleep(phase.toNanos());
    Patience.until("the database gets something", FILLED, () -> stage.tables().total() > before);
  }

  private static Path data(Stage stage) {
    return stage.house().database().resolve("data");
  }

  /** A copy of the stopped database; the cloud runs again afterwards. */
  private static Path backUp(Stage stage) throws IOException {
    stage.say("backing the database up");
    Path copy = stage.house().database().resolve("back-up");
    Service cloud = stage.house().cloud();
    cloud.child().stop(STOP);
    Trees.copy(data(stage), copy);
    cloud.start();
    cloud.awaitReady(Stage.START);
    return copy;
  }

  /** The cloud is stopped, its database exchanged, and started again (L3). */
  private static String putBack(Stage stage, Path copy, SequencedMap<String, Object> figures)
      throws IOException, SQLException, InterruptedException {
    Tables tables = stage.tables();
    long before = tables.total();
    stage.say("putting the database back while the cloud is stopped");
    exchange(stage, copy);
    long left = tables.total();
    long millis = awaitFilled(tables, before);
    figures.put("putBack.readingsGone", before - left);
    figures.put("putBack.filledMillis", millis);
    return "The database was put back from a copy and had lost %d of %d readings; the edge had filled it again %d ms after the cloud was ready. "
        .formatted(before - left, before, millis);
  }

  private static void exchange(Stage stage, Path copy) throws IOException {
    Service cloud = stage.house().cloud();
    cloud.child().stop(STOP);
    Folders.delete(data(stage));
    Trees.copy(copy, data(stage));
    cloud.start();
    cloud.awaitReady(Stage.START);
  }

  /**
   * The server dies and one that lost its tail takes its place, while the cloud's process and the
   * edge's connection live on (L12).
   */
  private static String failOver(Stage stage, Path copy, SequencedMap<String, Object> figures)
      throws IOException, SQLException, InterruptedException {
    House house = stage.house();
    Tables tables = stage.tables();
    long before = tables.total();
    long connections = stage.link().connections();
    stage.say("exchanging the database under the running cloud");
    Path standby = house.database().resolve("standby");
    Trees.copy(copy, standby);
    house.postmaster().ifPresent(ProcessHandle::destroyForcibly);
    Files.move(data(stage), house.database().resolve("died"));
    Files.move(standby, data(stage));
    Patience.until("the other database answers", Stage.START, () -> tables.total() >= 0);
    long left = tables.total();
    long millis = awaitFilled(tables, before);
    figures.put("failOver.readingsGone", before - left);
    figures.put("failOver.filledMillis", millis);
    figures.put("failOver.newConnections", stage.link().connections() - connections);
    return "Then the server died, and under the running cloud one took its place that lacked %d of %d readings; %d ms after it answered they were there again, over %d new connections. "
        .formatted(before - left, before, millis, stage.link().connections() - connections);
  }

  private static long awaitFilled(Tables tables, long readings) throws InterruptedException {
    long begun = System.nanoTime();
    Patience.until("what was gone is stored again", FILLED, () -> tables.total() >= readings);
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
  }

  /** The edge has forgotten what it delivered, and the database then goes back behind that. */
  private static Played putBackTooMuch(Stage stage, Path copy, Played played)
      throws IOException, InterruptedException {
    stage.say("restarting the gateway: what it delivered is of an incarnation that is over");
    stage.house().gateway().child().stop(STOP);
    stage.house().gateway().start();
    stage.house().gateway().awaitReady(Stage.START);
    Set<Path> old = files(stage);
    stage.say("a flood of readings makes the edge forget what was delivered");
    Crowd flood = stage.add(flood(stage));
    Patience.until(
        "the edge has deleted what was delivered",
        FILLED,
        () -> files(stage).stream().noneMatch(old::contains));
    flood.fallSilent();
    stage.say("putting the database back beyond what the edge holds");
    exchange(stage, copy);
    Patience.until(
        "the cloud names what is gone",
        FILLED,
        () -> stage.accounts().cloud(false).lost(Lane.WINDOW).frames() > 0);
    CloudAccount cloud = stage.accounts().cloud(false);
    long lost = cloud.lost(Lane.WINDOW).readings();
    SequencedMap<String, Object> figures = new LinkedHashMap<>(played.figures());
    figures.put("putBackTooMuch.lostReadings", lost);
    return Played.of(
            played.account()
                + " In the end the edge no longer held what it had delivered, and the database was"
                + " put back behind that: at first %d frames with %d readings were named as lost."
                    .formatted(cloud.lost(Lane.WINDOW).frames(), lost),
            figures)
        .requiring(played.faults().isEmpty(), String.join("; ", played.faults()))
        .lenient(Leniency.NAMED_LOSSES);
  }

  private static Crowd flood(Stage stage) {
    List<SimulatedPoint> points =
        PlantLayout.proof(stage.seed(), EnumSet.of(PayloadForm.TOGETHER), 50).sensors().stream()
            .map(point -> point.on("flood"))
            .toList();
    return Crowd.start(points, 300, stage.house().sensors(), Crowd.PRESENT);
  }

  /** What may hold frames: segments of the journal and files of the backlog. */
  private static Set<Path> files(Stage stage) throws IOException {
    Set<Path> files = new HashSet<>();
    for (String folder : List.of("journal", "backlog")) {
      Path path = stage.house().gatewayDirectory().resolve(folder);
      if (Files.isDirectory(path)) {
        try (Stream<Path> inside = Files.list(path)) {
          inside.filter(RestoreDrill::holdsFrames).forEach(files::add);
        }
      }
    }
    return files;
  }

  private static boolean holdsFrames(Path file) {
    String name = file.toString();
    return name.endsWith(".log") || name.endsWith(".mapdb");
  }
}
