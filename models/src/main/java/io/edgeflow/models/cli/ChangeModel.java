package io.edgeflow.models.cli;

import io.edgeflow.process.cli.GatewayCalls;
import io.edgeflow.process.cli.GatewayOptions;
import io.edgeflow.process.lifecycle.ExitCodes;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./edgeflow model change}. */
@Command(
    name = "change",
    mixinStandardHelpOptions = true,
    description = {
      "Changes the model of a slot in a running gateway, without a pause.",
      "",
      "prepare DIR  loads a bundle beside the model that serves, and lets it prove itself",
      "shadow       the candidate scores the same rows and is only compared",
      "promote      from the next reading on, the candidate serves; also after a restart",
      "back         from the next reading on, the model before serves again",
      "discard      the candidate is dropped",
      "disable      no model scores until enable, also after a restart",
      "enable       the model that was chosen last serves again",
      "",
      "  edgeflow model change wear prepare new-bundle",
      "  edgeflow model change wear shadow",
      "  edgeflow model slots",
      "  edgeflow model change wear promote --why 'fewer false alarms'",
      "",
      "DIR is a folder on the gateway's machine. Exits with 1 if the change is refused.",
      ""
    })
final class ChangeModel implements Callable<Integer> {
  /** What may be asked. */
  enum Verb {
    PREPARE,
    SHADOW,
    PROMOTE,
    BACK,
    DISCARD,
    DISABLE,
    ENABLE
  }

  @Parameters(index = "0", paramLabel = "SLOT", description = "As the configuration names it.")
  private String slot = "";

  @Parameters(index = "1", paramLabel = "CHANGE", description = "One of those above.")
  private Verb verb = Verb.BACK;

  @Parameters(index = "2", arity = "0..1", paramLabel = "DIR", description = "Of prepare.")
  private @Nullable Path bundle;

  @Option(
      names = "--who",
      defaultValue = "${sys:user.name}",
      description = "Who wants it (default: ${DEFAULT-VALUE}).")
  private String who = "";

  @Option(names = "--why", defaultValue = "", description = "Kept with the event.")
  private String why = "";

  @Mixin private GatewayOptions gateway = new GatewayOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    Map<String, String> words = new HashMap<>(Map.of("who", who, "why", why));
    if ((verb == Verb.PREPARE) != (bundle != null)) {
      throw new ParameterException(
          spec.commandLine(), "prepare needs the folder of a bundle, and no other change does");
    }
    if (bundle != null) {
      words.put("bundle", bundle.toAbsolutePath().normalize().toString());
    }
    if (!slot.matches("[a-z0-9_-]{1,32}")) {
      throw new ParameterException(spec.commandLine(), slot + " is no name of a slot");
    }
    try (GatewayCalls calls = gateway.calls()) {
      var models = new GatewayModels(calls);
      GatewayModels.Outcome outcome =
          models.change(slot, verb.name().toLowerCase(Locale.ROOT), words);
      PrintWriter to = outcome.done() ? spec.commandLine().getOut() : spec.commandLine().getErr();
      to.println(slot + ": " + outcome.detail());
      to.flush();
      return outcome.done() ? ExitCodes.DONE : ExitCodes.FAILED;
    }
  }
}
