package io.edgeflow.lab.drill;

import io.edgeflow.lab.proxy.Direction;
import io.edgeflow.lab.proxy.FaultProxy;
import io.edgeflow.lab.proxy.Repeater;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * Every acknowledgement of the cloud comes twice, and some once more when they are old.
 *
 * @param connections each begins with an answer to hello that names every fate
 */
record RepeatedAcksDrill(int connections) implements Drill {
  private static final Duration LINK = Duration.ofSeconds(90);

  /** The answer to hello, and verdicts: enough that old ones come back. */
  private static final int COPIES_EACH = 8;

  @Override
  public String name() {
    return "repeated-acks";
  }

  @Override
  public Stage.Settings settings() {
    return Stage.Settings.standard();
  }

  @Override
  public Played play(Stage stage) throws InterruptedException {
    stage.speak();
    FaultProxy link = stage.link();
    var copies = new LongAdder();
    stage.say("every acknowledgement comes twice, and again when it is old");
    link.alter(Direction.DOWN, () -> new Repeater(topic -> topic.endsWith("/ack"), copies));
    for (int i = 1; i <= connections; i++) {
      link.cut();
      long enough = copies.sum() + COPIES_EACH;
      Patience.until("acknowledgements that come twice", LINK, () -> copies.sum() >= enough);
    }
    link.alterNothing();
    link.cut();
    return Played.of(
        "Then every acknowledgement came twice, and again behind newer ones: %d copies in %d connections."
            .formatted(copies.sum(), connections),
        Map.of("copies", copies.sum()));
  }
}
