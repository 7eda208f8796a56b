package io.edgeflow.cloud;

import io.edgeflow.cloud.config.CloudConfig;
import io.edgeflow.process.cli.CommandRunner;
import io.edgeflow.process.cli.ConfigOptions;
import io.edgeflow.process.lifecycle.Lifecycle;
import io.edgeflow.process.lifecycle.SignalStop;
import io.edgeflow.process.settings.Settings;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The cloud process: takes frames, stores them, serves queries and the dashboard. */
@Command(
    name = "edgeflow cloud",
    mixinStandardHelpOptions = true,
    subcommands = Migrate.class,
    description = "The cloud process: takes frames, stores them, serves queries and the dashboard.")
public final class Cloud implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(Cloud.class);

  @Mixin private ConfigOptions options = new ConfigOptions();

  public static void main(String[] args) {
    System.exit(CommandRunner.run(new Cloud(), args));
  }

  /** Runs until it is told to end. */
  @Override
  public Integer call() throws Exception {
    Settings<CloudConfig> settings = options.load(CloudConfig.class);
    LOG.info("settings in force:\n{}", settings.effective().strip());
    Lifecycle parts = new Lifecycle("cloud");
    SignalStop.install(parts);
    CloudProcess.start(parts, settings.value());
    parts.awaitClosed();
    return parts.failures().isEmpty() ? 0 : 1;
  }
}
