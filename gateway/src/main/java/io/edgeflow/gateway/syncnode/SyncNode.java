package io.edgeflow.gateway.syncnode;

import io.edgeflow.process.cli.CommandRunner;
import io.edgeflow.process.cli.ConfigOptions;
import io.edgeflow.process.lifecycle.ExitCodes;
import io.edgeflow.process.lifecycle.Lifecycle;
import io.edgeflow.process.lifecycle.SignalStop;
import io.edgeflow.process.settings.Settings;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The command line of the service that installs versions. */
@Command(
    name = "edgeflow sync-node",
    mixinStandardHelpOptions = true,
    description = {
      "Installs versions of the program beside it, watches how they do, and takes them back.",
      "",
      "It runs with the rights of an administrator next to a gateway, needs no network, and takes "
          + "nothing that nobody vouches for:",
      "  edgeflow sync-node --config /etc/edgeflow/sync-node.yaml",
      "config/sync-node.yaml explains the settings; docs/rollouts.md how to set up a machine."
    })
public final class SyncNode implements Callable<Integer> {
  private static final Logger log = LoggerFactory.getLogger(SyncNode.class);

  @Mixin private ConfigOptions options = new ConfigOptions();

  @Override
  public Integer call() throws Exception {
    Settings<SyncNodeConfig> settings = options.load(SyncNodeConfig.class);
    log.info("settings\n{}", settings.effective());
    Lifecycle parts = new Lifecycle("sync-node");
    SignalStop.install(parts);
    SyncProcess.start(settings.value(), parts);
    log.info("ready");
    parts.awaitClosed();
    return parts.failures().isEmpty() ? ExitCodes.DONE : ExitCodes.FAILED;
  }

  public static void main(String[] args) {
    System.exit(CommandRunner.run(new SyncNode(), args));
  }
}
