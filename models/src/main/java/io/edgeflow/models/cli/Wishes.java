package io.edgeflow.models.cli;

import io.edgeflow.process.cli.GatewayCalls;
import io.edgeflow.process.cli.GatewayOptions;
import io.edgeflow.process.lifecycle.ExitCodes;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** What a person at an edge says to rollouts: by whom, why, and to which gateway. */
final class Wishes {
  @Option(
      names = "--who",
      defaultValue = "${sys:user.name}",
      description = "Who wants it (default: ${DEFAULT-VALUE}).")
  private String who = "";

  @Option(names = "--why", defaultValue = "", description = "Kept with the event.")
  private String why = "";

  @Mixin private GatewayOptions gateway = new GatewayOptions();

  /**
   * Asks and prints what came of it.
   *
   * @param of a slot, or empty
   * @param more words of the change beside who and why
   */
  int ask(CommandSpec spec, String of, String change, Map<String, String> more) throws Exception {
    Map<String, String> words = new HashMap<>(more);
    words.put("who", who);
    words.put("why", why);
    try (GatewayCalls calls = gateway.calls()) {
      GatewayModels.Outcome outcome = new GatewayModels(calls).change(of, change, words);
      PrintWriter to = outcome.done() ? spec.commandLine().getOut() : spec.commandLine().getErr();
      to.println(outcome.detail());
      to.flush();
      return outcome.done() ? ExitCodes.DONE : ExitCodes.FAILED;
    }
  }
}
