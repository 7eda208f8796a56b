package io.edgeflow.lab.drill;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.concurrent.TimeUnit;

/**
 * The link is slow, and the database stands still for seconds.
 *
 * @param length of it all
 * @param bytesPerSecond of the link
 */
record SlowCloudDrill(Duration length, int bytesPerSecond) implements Drill {
  private static final int LONGEST_LOCK_MILLIS = 5_000;
  private static final int LONGEST_PAUSE_MILLIS = 2_000;
  private static final long LOOK_MILLIS = 200;

  @Override
  public String name() {
    return "slow-cloud";
  }

  @Override
  public Stage.Settings settings() {
    return Stage.Settings.standard();
  }

  @Override
  public Played play(Stage stage) throws IOException, SQLException, InterruptedException {
    Crowd crowd = stage.speak();
    stage.awaitLinked(Stage.START);
    stage.link().throttle(bytesPerSecond);
    var seen = new Seen();
    long end = System.nanoTime() + length.toNanos();
    int locks = 0;
    try (Connection side = stage.tables().connect()) {
      side.setAutoCommit(false);
      while (System.nanoTime() < end) {
        int millis = 500 + stage.random().nextInt(LONGEST_LOCK_MILLIS - 500);
        lock(side);
        watch(stage, millis, seen);
        side.rollback();
        locks++;
        watch(stage, stage.random().nextInt(LONGEST_PAUSE_MILLIS), seen);
        if (locks % 5 == 0) {
          stage.say(
              "locked %d times; %d readings acknowledged, at most %d frames waited"
                  .formatted(locks, crowd.acknowledged(), seen.mostBuffered));
        }
      }
    }
    stage.link().throttle(0);
    return account(locks, seen);
  }

  /** What was seen meanwhile. */
  private static final class Seen {
    private long mostBuffered;
    private int looks;
    private int notReady;
  }

  private static void lock(Connection side) throws SQLException {
    try (Statement statement = side.createStatement()) {
      statement.execute("lock table sample_window in access exclusive mode");
    }
  }

  private static void watch(Stage stage, long millis, Seen seen)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    do {
      seen.looks++;
      seen.notReady += stage.house().gateway().ready() ? 0 : 1;
      seen.mostBuffered = Math.max(seen.mostBuffered, stage.edgeAccount().buffered());
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    } while (System.nanoTime() < end);
  }

  private Played account(int locks, Seen seen) {
    SequencedMap<String, Object> figures = new LinkedHashMap<>();
    figures.put("locks", locks);
    figures.put("bytesPerSecond", bytesPerSecond);
    figures.put("mostBufferedFrames", seen.mostBuffered);
    figures.put("looks", seen.looks);
    figures.put("notReady", seen.notReady);
    return Played.of(
            ("For %d s the link carried %d bytes a second, and the table of windows was locked %d"
                 + " times for up to %d ms. At most %d frames waited at the edge. The gateway was"
                 + " ready at %d of %d looks.")
                .formatted(
                    length.toSeconds(),
                    bytesPerSecond,
                    locks,
                    LONGEST_LOCK_MILLIS,
                    seen.mostBuffered,
                    seen.looks - seen.notReady,
                    seen.looks),
            figures)
        .requiring(seen.notReady == 0, "a slow cloud made the gateway unready")
        .requiring(seen.mostBuffered > 0, "no frame ever waited, so nothing is proved");
  }
}
