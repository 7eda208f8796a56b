package io.edgeflow.lab.drill;

import io.edgeflow.lab.proxy.Direction;
import io.edgeflow.lab.proxy.FaultProxy;
import io.edgeflow.lab.proxy.Scrambler;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * On a connection that works no verdict can be read but the answer to hello, for so long that
 * frames go again over that same connection.
 *
 * @param connections one after the other
 */
record UnreadableAcksDrill(int connections) implements Drill {
  private static final Duration LINK = Duration.ofSeconds(90);

  /** More than twice as long as an edge with these settings waits for a verdict. */
  private static final Duration LATE = Duration.ofSeconds(5);

  @Override
  public String name() {
    return "unreadable-acks";
  }

  @Override
  public Stage.Settings settings() {
    return Stage.Settings.standard();
  }

  @Override
  public Played play(Stage stage) throws InterruptedException {
    stage.speak();
    FaultProxy link = stage.link();
    var unreadable = new LongAdder();
    stage.say("no verdict can be read on a link that works");
    link.alter(Direction.DOWN, () -> new Scrambler(topic -> topic.endsWith("/ack"), unreadable));
    for (int i = 1; i <= connections; i++) {
      link.cut();
      long before = unreadable.sum();
      Patience.until("a verdict that cannot be read", LINK, () -> unreadable.sum() > before);
      TimeUnit.NANOSECONDS.sleep(LATE.toNanos());
    }
    link.alterNothing();
    link.cut();
    return Played.of(
        ("Then %d verdicts could not be read on %d connections that worked, each for %d s, so that"
                + " frames went twice over one connection.")
            .formatted(unreadable.sum(), connections, LATE.toSeconds()),
        Map.of("unreadable", unreadable.sum()));
  }
}
