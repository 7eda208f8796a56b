package io.edgeflow.lab.drill;

import io.edgeflow.lab.proxy.Direction;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ./edgeflow drill duplicate-ack}. */
@Command(
    name = "duplicate-ack",
    mixinStandardHelpOptions = true,
    header = "Frames go out again and again, and are acknowledged again and again.",
    description = {
      "Measures one exchange, from connecting to the verdict of a new frame, then cuts connection"
          + " after connection behind a byte of what the edge says, so that frames go again which"
          + " the cloud may have or may not have. Then every acknowledgement comes twice, and once"
          + " more behind newer ones.",
      "",
      "Proves that a frame is committed once however often it comes, and a duplicate is"
          + " acknowledged only from the committed ledger (L5, L6), and that repeated and reordered"
          + " acknowledgements do no harm (L2)."
    })
final class DuplicateAckCommand implements Callable<Integer> {
  private static final int REPEATED = 5;

  @Mixin private DrillOptions options = new DrillOptions();
  @Mixin private CutOptions cuts = new CutOptions();

  @Override
  public Integer call() throws Exception {
    return options.play(
        new Several(
            "duplicate-ack",
            List.of(cuts.drill("duplicate-ack", Direction.UP), new RepeatedAcksDrill(REPEATED))));
  }
}
