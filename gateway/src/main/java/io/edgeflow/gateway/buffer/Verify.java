package io.edgeflow.gateway.buffer;

import io.edgeflow.gateway.recorder.Inspection;
import io.edgeflow.gateway.recorder.StoppedEdge;
import io.edgeflow.process.cli.ProgressLine;
import io.edgeflow.process.http.Json;
import io.edgeflow.process.lifecycle.ExitCodes;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./edgeflow buffer verify}. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Says what of a data directory is damaged.",
      "",
      "Reads every byte, and names the file, the bytes, and which frames that wait "
          + "for the cloud are lost with them. Exit code 1 if anything is damaged.",
      "",
      "It repairs nothing, and nothing needs repair: a gateway starts on a damaged "
          + "directory, sets the damage aside, reports it as an event, and delivers "
          + "everything that is intact. The gateway must not be at work; look at a copy if "
          + "it has to be.",
      "  edgeflow buffer verify data/gateway",
      ""
    })
final class Verify implements Callable<Integer> {
  @Mixin private Directory directory = new Directory();

  @Option(names = "--json", description = "As one JSON object.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    try (StoppedEdge edge = directory.openStopped()) {
      Inspection found = inspect(edge);
      VerifyDocument document = VerifyDocument.of(edge.edge(), found);
      spec.commandLine().getOut().println(json ? Json.text(document) : document.text());
      spec.commandLine().getOut().flush();
      return found.findings().isEmpty() ? ExitCodes.DONE : ExitCodes.FAILED;
    }
  }

  private Inspection inspect(StoppedEdge edge) throws Exception {
    try (ProgressLine line = new ProgressLine(spec.commandLine().getErr(), !json)) {
      return edge.inspect(file -> line.show("reading " + file));
    }
  }
}
