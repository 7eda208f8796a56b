package io.edgeflow.lab.drill;

import io.edgeflow.lab.proxy.Direction;
import io.edgeflow.lab.proxy.FaultProxy;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The link goes silent and nothing is closed: first in both directions, then in each one.
 *
 * @param silence how long each time
 * @param returns whether the silent connections go on in the end; else they stay silent for ever,
 *     as when the peer is gone, and only new ones pass
 */
record HalfOpenDrill(Duration silence, boolean returns) implements Drill {
  private static final Duration LINK = Duration.ofMinutes(2);

  private static final List<Set<Direction>> SILENT =
      List.of(EnumSet.allOf(Direction.class), EnumSet.of(Direction.DOWN), EnumSet.of(Direction.UP));

  @Override
  public String name() {
    return "half-open";
  }

  @Override
  public Stage.Settings settings() {
    return Stage.Settings.standard();
  }

  @Override
  public Played play(Stage stage) throws InterruptedException {
    stage.speak();
    SequencedMap<String, Object> figures = new LinkedHashMap<>();
    StringBuilder account = new StringBuilder();
    for (Set<Direction> directions : SILENT) {
      stage.awaitLinked(LINK);
      String where = where(directions);
      stage.say("silent for %d s %s".formatted(silence.toSeconds(), where));
      long recovered = silence(stage, directions);
      figures.put("linkedAgainMillis " + where, recovered);
      account.append(
          "The link was silent %s for %d s; %d ms later a new hello was answered. "
              .formatted(where, silence.toSeconds(), recovered));
    }
    account.append(
        returns
            ? "Each time the silence ended and nothing had been closed."
            : "Nothing was closed, and the silent connections stayed silent for ever.");
    return Played.of(account.toString(), figures);
  }

  /** How long it takes after the silence until the link works, in milliseconds. */
  private long silence(Stage stage, Set<Direction> directions) throws InterruptedException {
    FaultProxy link = stage.link();
    link.hold(directions);
    TimeUnit.NANOSECONDS.sleep(silence.toNanos());
    long before = link.connections();
    link.pass();
    if (returns) {
      link.speak();
    }
    long ended = System.nanoTime();
    Patience.until(
        "the edge notices that nobody is there, and connects anew",
        LINK,
        () -> (returns || link.connections() > before) && stage.house().gateway().linked());
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - ended);
  }

  private static String where(Set<Direction> directions) {
    if (directions.size() > 1) {
      return "in both directions";
    }
    return directions.contains(Direction.UP) ? "towards the cloud" : "towards the edge";
  }
}
