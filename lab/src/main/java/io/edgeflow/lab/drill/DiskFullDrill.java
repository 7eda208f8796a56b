package io.edgeflow.lab.drill;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgeflow.lab.child.ChildProcess;
import io.edgeflow.lab.child.Service;
import io.edgeflow.lab.child.SmallVolume;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * The gateway's file system is really full, under load and without a link, and another writer takes
 * what is left; the gateway is killed there and starts again. Then it turns read-only under the
 * gateway at work; and then it is read-only as a whole when the gateway starts.
 *
 * @param volume holds the gateway's data directory
 */
record DiskFullDrill(SmallVolume volume) implements Drill {
  static final long BYTES = 12L << 20;

  /** The journal's state when a write failed, or when the gateway took nothing more before one. */
  private static final String NO_SPACE = "no-space";

  private static final String READ_ONLY = "read-only";

  private static final Duration LOADED = Duration.ofSeconds(2);
  private static final Duration TROUBLE = Duration.ofSeconds(60);
  private static final Duration RECOVERY = Duration.ofSeconds(60);

  @Override
  public String name() {
    return "disk-full";
  }

  /** No limit of the gateway's own comes before the file system's. */
  @Override
  public Stage.Settings settings() {
    return Stage.Settings.standard()
        .behind(volume.prefix())
        .with(Crowd.Load.everyForm(300))
        .and(
            "buffer.maxBytes=64MiB",
            "buffer.reserve=1MiB",
            "buffer.freeSpaceFloor=0B",
            "journal.segmentBytes=64KiB");
  }

  @Override
  public Played play(Stage stage) throws IOException, InterruptedException {
    var seen = new TreeSet<String>();
    Crowd crowd = stage.speak();
    Service gateway = stage.house().gateway();
    stage.awaitLinked(Stage.START);
    stage.link().refuse();
    TimeUnit.NANOSECONDS.sleep(LOADED.toNanos());
    stage.say("the link is down; another writer fills the file system");
    long fullMillis = fill(stage, seen);
    long atFull = crowd.acknowledged();
    stage.say("full, %d readings acknowledged: killing the gateway".formatted(atFull));
    gateway.child().kill();
    gateway.start();
    Patience.until(
        "a gateway that starts on a full disk answers",
        Stage.START,
        () -> !gateway.readiness().isEmpty());
    String started = gateway.readiness();
    stage.say("started on the full disk: " + started.strip().lines().findFirst().orElse(""));
    free();
    long recoveredMillis = recover(stage, "there is room again");
    long turnedMillis = turnReadOnly(stage, seen);
    long readOnlyMillis = readOnly(stage, seen);
    stage.link().pass();
    stage.awaitLinked(Stage.START);
    return account(
            seen, new Millis(fullMillis, recoveredMillis, turnedMillis, readOnlyMillis), started)
        .requiring(seen.contains(NO_SPACE), "the status never said that no space is left")
        .requiring(seen.contains(READ_ONLY), "the status never said that it is read-only");
  }

  /** Until the gateway says so: what it frees meanwhile is taken, too. */
  private long fill(Stage stage, SortedSet<String> seen) throws IOException, InterruptedException {
    long begun = System.nanoTime();
    Crowd crowd = stage.crowds().getFirst();
    while (!(isUnready(stage, NO_SPACE, seen) && crowd.open() > 0)) {
      volume.inside("sh", "-c", "cat /dev/zero >> " + volume.place().resolve("ballast"));
      orGiveUp(begun, "a full disk is told in /ready and /api/v1/status");
      TimeUnit.MILLISECONDS.sleep(50);
    }
    return millisSince(begun);
  }

  private void free() throws IOException, InterruptedException {
    if (!volume.inside("rm", volume.place().resolve("ballast").toString())) {
      throw new DrillFailure("the ballast cannot be deleted");
    }
  }

  /**
   * How long it took until it was full, and until readings were acknowledged after each trouble.
   */
  private record Millis(long full, long recovered, long turned, long readOnly) {}

  /** The gateway lives through it, says so, and goes on by itself. */
  private long turnReadOnly(Stage stage, SortedSet<String> seen)
      throws IOException, InterruptedException {
    stage.say("the file system turns read-only under the gateway");
    ChildProcess running = stage.house().gateway().child();
    if (!volume.turnReadOnly()) {
      throw new DrillFailure("the file system cannot be turned read-only");
    }
    awaitReadOnly(stage, seen);
    if (!volume.turnBack()) {
      throw new DrillFailure("the file system cannot be turned back");
    }
    long millis = recover(stage, "it was read-only under the gateway");
    if (!running.isAlive() || stage.house().gateway().child() != running) {
      throw new DrillFailure("the gateway ended on a file system that turned read-only");
    }
    return millis;
  }

  private static void awaitReadOnly(Stage stage, SortedSet<String> seen)
      throws InterruptedException {
    long begun = System.nanoTime();
    while (!isUnready(stage, READ_ONLY, seen)) {
      orGiveUp(begun, "a read-only disk is told in /ready and /api/v1/status");
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  /**
   * A file system cannot turn as a whole while somebody writes to it: the gateway is killed, and
   * starts there.
   */
  private long readOnly(Stage stage, SortedSet<String> seen)
      throws IOException, InterruptedException {
    stage.say("the gateway is killed and started on a read-only file system");
    stage.house().gateway().child().kill();
    remount("ro");
    stage.house().gateway().start();
    awaitReadOnly(stage, seen);
    remount("rw");
    return recover(stage, "it is writable again");
  }

  private void remount(String how) throws IOException, InterruptedException {
    if (!volume.inside("mount", "-o", "remount," + how, volume.place().toString())) {
      throw new DrillFailure("the file system cannot be made " + how);
    }
  }

  private static void orGiveUp(long begun, String what) {
    if (System.nanoTime() - begun > TROUBLE.toNanos()) {
      throw new DrillFailure("not within " + TROUBLE.toSeconds() + " s: " + what);
    }
  }

  /** Both pages say it: no sensor needs to be asked. */
  private static boolean isUnready(Stage stage, String state, SortedSet<String> seen) {
    Service gateway = stage.house().gateway();
    try {
      JsonNode journal = gateway.json("/api/v1/status").path("journal");
      if (!gateway.readiness().startsWith("503")) {
        return false;
      }
      String said = journal.path("state").asText();
      boolean stopped = said.equals("ok") && !journal.path("room").asBoolean();
      String told = stopped ? NO_SPACE : said;
      seen.add(told);
      return told.equals(state);
    } catch (IOException away) {
      return false;
    }
  }

  /** By itself: ready, and what waited is acknowledged. */
  private static long recover(Stage stage, String why) throws InterruptedException {
    long begun = System.nanoTime();
    Crowd crowd = stage.crowds().getFirst();
    long before = crowd.acknowledged();
    Patience.until("ready, although " + why, RECOVERY, () -> stage.house().gateway().ready());
    Patience.until("acknowledging, although " + why, RECOVERY, () -> crowd.acknowledged() > before);
    return millisSince(begun);
  }

  private static long millisSince(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
  }

  private static Played account(SortedSet<String> seen, Millis took, String started) {
    SequencedMap<String, Object> figures = new LinkedHashMap<>();
    figures.put("states", seen);
    figures.put("millisUntilFull", took.full());
    figures.put("recoveredMillis", took.recovered());
    figures.put("recoveredFromTurnedReadOnlyMillis", took.turned());
    figures.put("recoveredFromReadOnlyMillis", took.readOnly());
    return Played.of(
        ("A file system of %d MiB was full after %.1f s, with another writer in it and the link"
                + " down. The gateway was killed there and started again (%s). With room again it"
                + " acknowledged within %.1f s; after it had turned read-only under the gateway at"
                + " work, within %.1f s; after a start on a read-only one, within %.1f s. The"
                + " status showed: %s.")
            .formatted(
                BYTES >> 20,
                took.full() / 1e3,
                started.startsWith("200") ? "ready at once, on its reserve" : "waiting for room",
                took.recovered() / 1e3,
                took.turned() / 1e3,
                took.readOnly() / 1e3,
                String.join(", ", seen)),
        figures);
  }
}
