package io.edgeflow.lab.drill;

import io.edgeflow.lab.proxy.Direction;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ./edgeflow drill lost-ack}. */
@Command(
    name = "lost-ack",
    mixinStandardHelpOptions = true,
    header = "The connection is cut behind every Nth byte of what the cloud says.",
    description = {
      "Measures one exchange, from connecting to the verdict of a new frame, then cuts connection"
          + " after connection behind a byte of what the cloud says: its answer to the connection,"
          + " to hello, and the verdicts. Frames are committed, and their edge does not know.",
      "",
      "Proves that acknowledgements are state, so a lost one does no harm (L2), that a frame"
          + " without a verdict goes again (L4), and that the cloud takes it for what it is: known"
          + " (L5, L6)."
    })
final class LostAckCommand implements Callable<Integer> {
  private static final int CONNECTIONS = 3;

  @Mixin private DrillOptions options = new DrillOptions();
  @Mixin private CutOptions cuts = new CutOptions();

  @Override
  public Integer call() throws Exception {
    return options.play(
        new Several(
            "lost-ack",
            List.of(cuts.drill("lost-ack", Direction.DOWN), new UnreadableAcksDrill(CONNECTIONS))));
  }
}
