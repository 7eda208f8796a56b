package io.edgeflow.lab.doom;

import io.edgeflow.gateway.EdgeProcess;
import io.edgeflow.gateway.Surroundings;
import io.edgeflow.gateway.config.GatewayConfig;
import io.edgeflow.gateway.disk.NioDisk;
import io.edgeflow.process.cli.CommandRunner;
import io.edgeflow.process.cli.ConfigOptions;
import io.edgeflow.process.lifecycle.ExitCodes;
import io.edgeflow.process.lifecycle.Lifecycle;
import io.edgeflow.process.lifecycle.SignalStop;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * The main class of a gateway that dies at one operation of its disk, if the JVM was started with
 * {@link Doom#option}; else it is the gateway as it is.
 */
@Command(name = "doomed-gateway")
public final class DoomedGateway implements Callable<Integer> {
  @Mixin private ConfigOptions options = new ConfigOptions();

  @Override
  public Integer call() throws Exception {
    Lifecycle parts = new Lifecycle("gateway");
    SignalStop.install(parts);
    EdgeProcess.start(options.load(GatewayConfig.class), parts, surroundings());
    parts.awaitClosed();
    return parts.failures().isEmpty() ? ExitCodes.DONE : ExitCodes.FAILED;
  }

  private static Surroundings surroundings() {
    Surroundings surroundings = Surroundings.real();
    for (Doom doom : Doom.ofThisProcess()) {
      surroundings =
          surroundings.withDisk(
              new DoomedDisk(new NioDisk(), doom, () -> Runtime.getRuntime().halt(Doom.EXIT_CODE)));
    }
    return surroundings;
  }

  public static void main(String[] args) {
    System.exit(CommandRunner.run(new DoomedGateway(), args));
  }
}
