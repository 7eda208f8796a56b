package io.edgeflow.lab.clock;

import io.edgeflow.gateway.EdgeProcess;
import io.edgeflow.gateway.Surroundings;
import io.edgeflow.gateway.config.GatewayConfig;
import io.edgeflow.process.cli.CommandRunner;
import io.edgeflow.process.cli.ConfigOptions;
import io.edgeflow.process.lifecycle.ExitCodes;
import io.edgeflow.process.lifecycle.Lifecycle;
import io.edgeflow.process.lifecycle.SignalStop;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * The main class of a gateway whose wall clock a file sets, if the JVM was started with {@link
 * Wandering#option}; else it is the gateway as it is.
 */
@Command(name = "wandering-gateway")
public final class WanderingGateway implements Callable<Integer> {
  @Mixin private ConfigOptions options = new ConfigOptions();

  @Override
  public Integer call() throws Exception {
    Lifecycle parts = new Lifecycle("gateway");
    SignalStop.install(parts);
    EdgeProcess.start(options.load(GatewayConfig.class), parts, surroundings());
    parts.awaitClosed();
    return parts.failures().isEmpty() ? ExitCodes.DONE : ExitCodes.FAILED;
  }

  private static Surroundings surroundings() throws IOException {
    if (!Wandering.isToldToThisProcess()) {
      return Surroundings.real();
    }
    WanderingClock clock = WanderingClock.following(Wandering.fileOfThisProcess());
    return Surroundings.real().withClock(clock::micros, clock::os);
  }

  public static void main(String[] args) {
    System.exit(CommandRunner.run(new WanderingGateway(), args));
  }
}
