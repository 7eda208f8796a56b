package io.edgeflow.gateway.buffer;

import io.edgeflow.gateway.recorder.StoppedEdge;
import io.edgeflow.process.http.Json;
import io.edgeflow.process.lifecycle.ExitCodes;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./edgeflow buffer stat}. */
@Command(
    name = "stat",
    mixinStandardHelpOptions = true,
    description = {
      "Says what a data directory holds.",
      "",
      "The account, what waits for the cloud, and how far the flight recorder "
          + "reaches. It reads what a start of the gateway would read, and changes nothing. "
          + "With a gateway at work in the directory it is a picture of the moment; that "
          + "gateway's own page knows better.",
      "  edgeflow buffer stat data/gateway",
      "",
      "Readings: folded ones are in a numbered frame; pending ones are not yet, because "
          + "their windows are open: the next start of the gateway numbers them.",
      "Frames: framed ones were numbered. offered: of these, frames that may have "
          + "been sent; they keep their resolution. delivered: committed by the cloud's "
          + "database. buffered: waiting for the cloud's verdict; the bytes are still here. "
          + "Amounts are frames, with the readings in them in brackets.",
      "",
      "Exit code 1 if there is a journal of which nothing can be read.",
      ""
    })
final class Stat implements Callable<Integer> {
  @Mixin private Directory directory = new Directory();

  @Option(names = "--json", description = "As one JSON object.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    Optional<String> owner = directory.owner();
    try (StoppedEdge edge = directory.open()) {
      StatDocument stat = StatDocument.of(edge, directory.path(), owner);
      spec.commandLine().getOut().println(json ? Json.text(stat) : new StatText(stat).text());
      spec.commandLine().getOut().flush();
      return stat.unreadable() ? ExitCodes.FAILED : ExitCodes.DONE;
    }
  }
}
