package io.edgeflow.inference.node;

import io.edgeflow.inference.node.config.InferenceConfig;
import io.edgeflow.process.cli.CommandRunner;
import io.edgeflow.process.cli.ConfigOptions;
import io.edgeflow.process.lifecycle.ExitCodes;
import io.edgeflow.process.lifecycle.Lifecycle;
import io.edgeflow.process.lifecycle.SignalStop;
import io.edgeflow.process.settings.Settings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The command line of a node. */
@Command(
    name = "edgeflow inference",
    mixinStandardHelpOptions = true,
    description = {
      "Scores for a gateway: reads its broker, writes scores back as readings.",
      "",
      "It needs a name and a slot at least:",
      "  edgeflow inference --config config/inference.yaml",
      "config/inference.yaml explains the settings; each can also be given as a variable:",
      "  EDGEFLOW_GATEWAY__URL=tcp://10.0.0.5:1883 edgeflow inference --config inference.yaml"
    })
public final class Inference implements Callable<Integer> {
  @Mixin private ConfigOptions options = new ConfigOptions();

  @Override
  public Integer call() throws Exception {
    Settings<InferenceConfig> settings = options.load(InferenceConfig.class);
    Lifecycle parts = new Lifecycle("inference");
    SignalStop.install(parts);
    NodeProcess.start(settings, parts);
    parts.awaitClosed();
    return parts.failures().isEmpty() ? ExitCodes.DONE : ExitCodes.FAILED;
  }

  public static void main(String[] args) {
    System.exit(CommandRunner.run(new Inference(), args));
  }
}
