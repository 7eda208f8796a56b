package io.edgeflow.cloud;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.zaxxer.hikari.HikariDataSource;
import io.edgeflow.cloud.config.CloudConfig;
import io.edgeflow.cloud.postgres.DatabaseAddress;
import io.edgeflow.cloud.store.Migrations;
import io.edgeflow.cloud.store.Pool;
import io.edgeflow.cloud.store.SchemaState;
import io.edgeflow.cloud.store.SchemaState.Step;
import io.edgeflow.process.cli.ConfigOptions;
import io.edgeflow.process.lifecycle.ExitCodes;
import io.edgeflow.process.lifecycle.Lifecycle;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Changes the schema of a cloud's database when an operator says so. */
@Command(
    name = "migrate",
    mixinStandardHelpOptions = true,
    description = {
      "Brings the schema of the cloud's database to the one that this program needs, and ends.",
      "",
      "A cloud does that itself when it starts, unless database.migrate is `check` (it starts only"
          + " if nothing is missing) or `off` (it does not look). Stop the clouds of the release"
          + " before first: they would go on writing as they know it. Edges keep everything"
          + " meanwhile.",
      "",
      "Exit code: 0 nothing is missing any more, 1 something is (--check), or it failed."
    })
final class Migrate implements Callable<Integer> {
  @Mixin private ConfigOptions options = new ConfigOptions();

  @Option(names = "--check", description = "Only say what is missing.")
  private boolean check;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  /**
   * @param before the version of the schema before; empty for none
   * @param taken steps that were taken now
   */
  private record Outcome(String before, String version, List<Step> taken, List<Step> missing) {}

  @Override
  public Integer call() throws Exception {
    CloudConfig config = options.load(CloudConfig.class).value();
    Lifecycle parts = new Lifecycle("migrate");
    try {
      Outcome outcome = parts.start(() -> migrate(parts, config));
      tell(outcome);
      return outcome.missing().isEmpty() ? ExitCodes.DONE : ExitCodes.FAILED;
    } finally {
      parts.close();
    }
  }

  private Outcome migrate(Lifecycle parts, CloudConfig config) throws Exception {
    DatabaseAddress address = CloudProcess.database(parts, config);
    HikariDataSource pool =
        parts.open("database", () -> Pool.open(address, "migrate", 2), HikariDataSource::close);
    Migrations migrations = new Migrations(pool, config.database().storage());
    SchemaState before = migrations.state();
    List<Step> taken = new ArrayList<>();
    if (!check) {
      migrations.run(
          step -> {
            taken.add(step);
            say("taking step " + step);
          });
    }
    SchemaState after = migrations.state();
    return new Outcome(before.version(), after.version(), taken, after.pending());
  }

  private void tell(Outcome outcome) throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(new JsonMapper().writeValueAsString(outcome));
      return;
    }
    if (outcome.missing().isEmpty()) {
      out.println("the schema is at " + outcome.version() + ", nothing is missing");
    } else {
      out.println(new SchemaState(outcome.version(), outcome.missing()).words());
    }
  }

  private void say(String words) {
    if (!json) {
      spec.commandLine().getOut().println(words);
      spec.commandLine().getOut().flush();
    }
  }
}
