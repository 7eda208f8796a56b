package io.edgeflow.lab.bench;

import io.edgeflow.gateway.EdgeProcess;
import io.edgeflow.gateway.Surroundings;
import io.edgeflow.gateway.config.GatewayConfig;
import io.edgeflow.process.cli.CommandRunner;
import io.edgeflow.process.cli.ConfigOptions;
import io.edgeflow.process.lifecycle.ExitCodes;
import io.edgeflow.process.lifecycle.Lifecycle;
import io.edgeflow.process.lifecycle.SignalStop;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The main class of a gateway that writes down in the end how long readings took through it. */
@Command(name = "measured-gateway")
public final class MeasuredGateway implements Callable<Integer> {
  @Mixin private ConfigOptions options = new ConfigOptions();

  @Option(names = "--passages", required = true)
  private Path passages = Path.of("");

  @Override
  public Integer call() throws Exception {
    Lifecycle parts = new Lifecycle("gateway");
    SignalStop.install(parts);
    ReactTap tap = new ReactTap();
    EdgeProcess.start(options.load(GatewayConfig.class), parts, Surroundings.real().withTaps(tap));
    parts.open(
        "passages",
        () -> tap,
        all -> Files.write(passages, all.passages().stream().map(ReactPassage::line).toList()));
    parts.awaitClosed();
    return parts.failures().isEmpty() ? ExitCodes.DONE : ExitCodes.FAILED;
  }

  public static void main(String[] args) {
    System.exit(CommandRunner.run(new MeasuredGateway(), args));
  }
}
