package io.edgeflow.lab.drill;

import io.edgeflow.lab.proxy.Direction;
import io.edgeflow.lab.proxy.FaultProxy;
import io.edgeflow.lab.proxy.PlannedCut;
import io.edgeflow.wire.frame.Lane;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.concurrent.TimeUnit;

/**
 * An exchange is one connection of an edge from its first byte to the verdict of a new frame. Its
 * length is measured once; then connection after connection is cut behind a chosen byte of it.
 *
 * @param every the step from one chosen byte to the next; 0 makes about {@code cuts} cuts
 */
record ByteCutsDrill(String name, Direction direction, int every, int cuts) implements Drill {
  private static final Duration LINK = Duration.ofSeconds(90);

  /** In which a busy exchange surely reaches its byte. */
  private static final Duration REACH = Duration.ofSeconds(10);

  private static final int TELL_EVERY = 10;

  @Override
  public Stage.Settings settings() {
    return Stage.Settings.standard();
  }

  @Override
  public Played play(Stage stage) throws IOException, InterruptedException {
    stage.speak();
    stage.awaitLinked(LINK);
    long length = length(stage);
    long step = every > 0 ? every : Math.max(1, length / cuts);
    stage.say(
        "one exchange is %d bytes %s; cutting behind every %d".formatted(length, way(), step));
    int made = 0;
    int tried = 0;
    for (long bytes = 1; bytes <= length; bytes += step) {
      tried++;
      made += cutBehind(stage, bytes) ? 1 : 0;
      if (tried % TELL_EVERY == 0) {
        stage.say("%d cuts made, the last behind byte %d".formatted(made, bytes));
      }
    }
    return account(length, step, tried, made);
  }

  private String way() {
    return direction == Direction.UP ? "from the edge to the cloud" : "from the cloud to the edge";
  }

  /** A new connection until a frame that was numbered after its hello has its verdict. */
  private long length(Stage stage) throws IOException, InterruptedException {
    FaultProxy link = stage.link();
    long connections = link.connections();
    link.cut();
    Patience.until("a new connection", LINK, () -> link.connections() > connections);
    stage.awaitLinked(LINK);
    long framed = stage.edgeAccount().lane(Lane.WINDOW).framed().frames();
    Patience.until(
        "the verdict of a new frame",
        LINK,
        () -> stage.edgeAccount().lane(Lane.WINDOW).delivered().frames() > framed);
    return link.bytesOfNewest(direction);
  }

  /** The connection behind it is a good one, so that the edge does not take its time to try. */
  private boolean cutBehind(Stage stage, long bytes) throws InterruptedException {
    FaultProxy link = stage.link();
    PlannedCut cut = link.cutNextAfter(direction, bytes);
    link.cut();
    boolean made = cut.await(LINK.plus(REACH));
    // The edge may be back before this thread looks.
    long last = made ? cut.connection() : link.connections();
    if (!made) {
      link.cut();
    }
    Patience.until(
        "a connection after a cut",
        LINK,
        () -> link.connections() > last && stage.house().gateway().linked());
    // Not always at once, so that some cuts meet an edge with frames in flight, and some without.
    TimeUnit.MILLISECONDS.sleep(stage.random().nextInt(200));
    return made;
  }

  private Played account(long length, long step, int tried, int made) {
    SequencedMap<String, Object> figures = new LinkedHashMap<>();
    figures.put("exchangeBytes", length);
    figures.put("step", step);
    figures.put("cuts", made);
    return Played.of(
            ("One exchange, from connecting to the verdict of a new frame, is %d bytes %s. The"
                    + " connection was cut behind byte 1 and every %dth after it: %d cuts, each"
                    + " followed by a good connection.")
                .formatted(length, way(), step, made),
            figures)
        .requiring(
            made * 10 >= tried * 9, "only %d of %d cuts found their byte".formatted(made, tried));
  }
}
