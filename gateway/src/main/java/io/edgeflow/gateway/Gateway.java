package io.edgeflow.gateway;

import io.edgeflow.gateway.config.GatewayConfig;
import io.edgeflow.gateway.doctor.ConfiguredLine;
import io.edgeflow.gateway.doctor.TestPoll;
import io.edgeflow.process.cli.CommandRunner;
import io.edgeflow.process.cli.ConfigOptions;
import io.edgeflow.process.lifecycle.ExitCodes;
import io.edgeflow.process.lifecycle.Lifecycle;
import io.edgeflow.process.lifecycle.SignalStop;
import io.edgeflow.process.mqtt.PasswordHash;
import io.edgeflow.process.settings.Settings;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line of the edge process. */
@Command(
    name = "edgeflow gateway",
    mixinStandardHelpOptions = true,
    description = {
      "Takes readings from MQTT and Modbus, keeps them through outages and forwards them.",
      "",
      "Every setting has a default but the name of the edge:",
      "  edgeflow gateway --set edge=pi-7",
      "config/gateway.yaml explains the settings; each can also be given as a variable:",
      "  EDGEFLOW_MQTT__PORT=1884 edgeflow gateway --config gateway.yaml",
      "--test polls the Modbus devices once, prints every value, and ends; it opens no data"
          + " directory and no port:",
      "  edgeflow gateway --config gateway.yaml --test"
    })
public final class Gateway implements Callable<Integer> {
  @Mixin private ConfigOptions options = new ConfigOptions();

  @Option(
      names = "--hash-password",
      interactive = true,
      prompt = "password: ",
      description = "Asks for a password and prints its hash, for a file of users; then ends.")
  private char @Nullable [] password;

  @Option(
      names = "--test",
      description = "Polls every Modbus device once, prints what came, and ends; 1 if some failed.")
  private boolean test;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    if (password != null) {
      spec.commandLine().getOut().println(PasswordHash.of(password));
      return ExitCodes.DONE;
    }
    Settings<GatewayConfig> settings = options.load(GatewayConfig.class);
    if (test) {
      return test(settings.value());
    }
    Lifecycle parts = new Lifecycle("gateway");
    SignalStop.install(parts);
    try {
      EdgeProcess.start(settings, parts, Surroundings.real());
    } catch (StartAbandoned stopped) {
      return ExitCodes.DONE;
    }
    parts.awaitClosed();
    return parts.failures().isEmpty() ? ExitCodes.DONE : ExitCodes.FAILED;
  }

  private int test(GatewayConfig config) throws InterruptedException {
    List<ConfiguredLine> lines = ModbusPlan.lines(config.modbus());
    if (lines.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "nothing to test: the configuration has no Modbus devices");
    }
    boolean all = new TestPoll(spec.commandLine().getOut()).poll(lines);
    return all ? ExitCodes.DONE : ExitCodes.FAILED;
  }

  public static void main(String[] args) {
    System.exit(CommandRunner.run(new Gateway(), args));
  }
}
