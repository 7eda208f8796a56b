package io.edgeflow.lab.check;

import io.edgeflow.cloud.config.CloudConfig;
import io.edgeflow.gateway.MessageTrial;
import io.edgeflow.gateway.config.GatewayConfig;
import io.edgeflow.inference.node.config.InferenceConfig;
import io.edgeflow.process.cli.ConfigOptions;
import io.edgeflow.process.http.Json;
import io.edgeflow.process.lifecycle.ExitCodes;
import io.edgeflow.process.settings.Fault;
import io.edgeflow.process.settings.SettingsException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./edgeflow check}. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = {
      "Loads a configuration, tries what it names, says what it would do.",
      "Exit code 0: it would work. 1: something it names does not answer. 2: it is wrong.",
      "  edgeflow check --config config/gateway.yaml --show",
      "With --topic it says what a gateway would make of one message instead: series, values,"
          + " times.",
      "  edgeflow check --config config/gateway.yaml --topic sensors/pump-7/flow --payload 21.5",
      ""
    })
public final class Check implements Callable<Integer> {
  /** Which process a configuration is for. */
  public enum Side {
    GATEWAY,
    CLOUD,
    INFERENCE
  }

  @Mixin private ConfigOptions options = new ConfigOptions();

  @Option(
      names = "--as",
      description = "gateway, cloud or inference (default: told by the content).")
  private @Nullable Side side;

  @Option(
      names = "--show",
      description = "Prints every value in force, also those that are computed; secrets hidden.")
  private boolean show;

  @ArgGroup(exclusive = false)
  private @Nullable Message message;

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  @Option(
      names = "--timeout",
      defaultValue = "3",
      description = "Seconds to wait for each connection (default: ${DEFAULT-VALUE}).")
  private int seconds;

  /** One message to try. */
  static final class Message {
    @Option(
        names = "--topic",
        required = true,
        description = "Says what a gateway would make of a message on this topic.")
    private String topic = "";

    @ArgGroup(multiplicity = "1")
    private Payload payload = new Payload();

    @Option(names = "--retained", description = "The message is published to be retained.")
    private boolean retained;
  }

  /** What is in it. */
  static final class Payload {
    @Option(names = "--payload", required = true, description = "Its payload.")
    private @Nullable String text;

    @Option(names = "--payload-file", required = true, description = "A file that is its payload.")
    private @Nullable Path file;

    byte[] bytes() throws IOException {
      return file == null
          ? String.valueOf(text).getBytes(StandardCharsets.UTF_8)
          : Files.readAllBytes(file);
    }
  }

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try {
      if (message != null) {
        return tried(message, out);
      }
      Plan plan = plan(new Probes(Duration.ofSeconds(seconds)));
      if (json) {
        out.println(Json.text(plan));
      } else {
        print(plan, out);
      }
      return plan.ok() ? ExitCodes.DONE : ExitCodes.FAILED;
    } catch (SettingsException wrong) {
      if (json) {
        out.println(Json.text(Map.of("faults", wrong.faults())));
      } else {
        spec.commandLine().getErr().println(wrong.getMessage());
      }
      return ExitCodes.WRONG_USE;
    }
  }

  private int tried(Message tried, PrintWriter out) throws SettingsException {
    byte[] payload;
    try {
      payload = tried.payload.bytes();
    } catch (IOException unreadable) {
      spec.commandLine().getErr().println("--payload-file cannot be read: " + unreadable);
      return ExitCodes.WRONG_USE;
    }
    GatewayConfig config = options.load(GatewayConfig.class).value();
    MessageTrial trial = MessageTrial.of(config, tried.topic, payload, tried.retained);
    if (json) {
      out.println(Json.text(trial));
    } else {
      TrialText.lines(trial).forEach(out::println);
    }
    return trial.ok() ? ExitCodes.DONE : ExitCodes.FAILED;
  }

  private Plan plan(Probes probes) throws SettingsException {
    return switch (side) {
      case GATEWAY -> gateway(probes);
      case CLOUD -> cloud(probes);
      case INFERENCE -> inference(probes);
      case null -> toldByContent(probes);
    };
  }

  /** A process that a configuration may be for. */
  private interface Reading {
    Plan plan() throws SettingsException;
  }

  /** The process that knows all keys; if none does, the one that knows most of them. */
  private Plan toldByContent(Probes probes) throws SettingsException {
    List<Reading> readings =
        List.of(() -> gateway(probes), () -> cloud(probes), () -> inference(probes));
    List<SettingsException> refusals = new ArrayList<>();
    for (Reading reading : readings) {
      try {
        return reading.plan();
      } catch (SettingsException other) {
        refusals.add(other);
      }
    }
    throw Collections.min(refusals, Comparator.comparingLong(Check::foreign));
  }

  /** How little a configuration fits: first by unknown groups, then by the number of faults. */
  private static long foreign(SettingsException refusal) {
    long unknown =
        refusal.faults().stream().filter(fault -> fault.unknown() && !below(fault)).count();
    return unknown * 1_000 + refusal.faults().size();
  }

  private static boolean below(Fault fault) {
    return fault.path().contains(".");
  }

  private Plan gateway(Probes probes) throws SettingsException {
    return GatewayPlan.of(options.load(GatewayConfig.class), probes);
  }

  private Plan cloud(Probes probes) throws SettingsException {
    return CloudPlan.of(options.load(CloudConfig.class), probes);
  }

  private Plan inference(Probes probes) throws SettingsException {
    return NodePlan.of(options.load(InferenceConfig.class), probes);
  }

  private void print(Plan plan, PrintWriter out) {
    out.println(plan.process() + ": the settings are right");
    if (show) {
      plan.effective().lines().forEach(line -> out.println("    " + line));
    }
    for (Finding finding : plan.findings()) {
      String mark = finding.ok() ? "  ok    " : "  FAIL  ";
      out.println(mark + finding.what() + ": " + finding.detail());
    }
    plan.warnings().forEach(warning -> out.println("  warn  " + warning));
    out.println("It would");
    plan.would().forEach(line -> out.println("  - " + line));
  }
}
