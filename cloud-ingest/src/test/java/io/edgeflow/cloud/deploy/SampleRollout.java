package io.edgeflow.cloud.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.edgeflow.cloud.deploy.History.Cause;
import io.edgeflow.cloud.registry.PublishedBundle;
import io.edgeflow.cloud.rollout.FleetSpec;
import io.edgeflow.cloud.rollout.RolloutState;
import io.edgeflow.cloud.rollout.Target;
import io.edgeflow.cloud.store.Sql;
import io.edgeflow.process.settings.Document;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import javax.sql.DataSource;

/** Something to show, for tests of what shows it. */
public final class SampleRollout {
  private static final String SPEC =
      """
      name: wear 1.0
      slot: health
      model: wear
      version: "1.0"
      selector: {edges: ["pi-*"]}
      """;

  private SampleRollout() {}

  public static Deployments deployments(DataSource database, InstantSource clock) {
    return new Deployments(database, TestKeys.authority(), new TestRegistry(), clock);
  }

  /** A rollout that nobody has started, and a mandate. */
  public static void insert(DataSource database, String id, String mandate, Instant now)
      throws SQLException {
    PublishedBundle bundle = TestRegistry.OLD;
    if (!(FleetSpec.read(SPEC.getBytes(UTF_8), "sample")
        instanceof Document.Good<FleetSpec>(FleetSpec spec))) {
      throw new AssertionError("the sample is no fleet file");
    }
    var target =
        new Target(
            bundle.kind(),
            "health",
            bundle.model(),
            bundle.version(),
            bundle.digest(),
            bundle.bytes());
    new Turns(database)
        .take(
            connection -> {
              RolloutTable.insert(
                  connection,
                  SPEC,
                  RolloutState.draft(id, spec, target, now),
                  new Cause("ada", "a sample"),
                  now);
              History.add(connection, now, id, "", Cause.NOBODY, "asked", "nothing yet");
              return Sql.run(
                  connection,
                  """
                  insert into mandate
                  select ?, id, ?, ?, 60, '', true, '{"payloadType":"x","payload":"","signatures":[]}'
                  from edge limit 1
                  """,
                  mandate,
                  id,
                  now);
            });
  }
}
