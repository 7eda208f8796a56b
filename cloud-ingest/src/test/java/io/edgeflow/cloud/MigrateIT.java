package io.edgeflow.cloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.edgeflow.cloud.config.CloudConfig;
import io.edgeflow.cloud.postgres.DatabaseAddress;
import io.edgeflow.cloud.postgres.TestDatabase;
import io.edgeflow.process.lifecycle.Lifecycle;
import io.edgeflow.process.settings.SettingsLoader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** An operator decides when a schema changes. */
final class MigrateIT {
  @TempDir Path home;
  private DatabaseAddress address = new DatabaseAddress("jdbc:postgresql:none", "", "");
  private final StringWriter out = new StringWriter();

  @BeforeEach
  void create() throws Exception {
    address = TestDatabase.fresh();
    Files.writeString(home.resolve("password"), address.password());
  }

  @Test
  void checkSaysWhatIsMissingAndTouchesNothing() throws Exception {
    assertEquals(1, migrate("--check"));
    assertTrue(out.toString().contains("no schema yet"), out.toString());
    assertTrue(out.toString().contains("1 telemetry, 2 views"), out.toString());
    assertEquals("0", one("select count(*) from pg_namespace where nspname = 'store'"));
    assertEquals("0", one("select count(*) from pg_extension where extname = 'timescaledb'"));
  }

  @Test
  void aCloudThatMayNotMigrateStartsOnlyWhenNothingIsMissing() throws Exception {
    Exception refused = assertThrows(Exception.class, () -> start("check"));
    assertTrue(refused.toString().contains("edgeflow cloud migrate"), refused.toString());
    assertEquals("0", one("select count(*) from pg_namespace where nspname = 'store'"));
    assertEquals(0, migrate());
    assertTrue(out.toString().contains("taking step 1 telemetry"), out.toString());
    assertTrue(out.toString().contains("nothing is missing"), out.toString());
    start("check");
    start("off");
    out.getBuffer().setLength(0);
    assertEquals(0, migrate("--check", "--json"));
    JsonNode said = new JsonMapper().readTree(out.toString());
    assertEquals(0, said.path("missing").size());
    assertEquals(said.path("before"), said.path("version"));
  }

  @Test
  void aSchemaOfALaterReleaseIsNoObstacle() throws Exception {
    assertEquals(0, migrate());
    execute(
        "insert into store.flyway_schema_history (installed_rank, version, description, type,"
            + " script, installed_by, execution_time, success)"
            + " values (999, '999', 'of tomorrow', 'SQL', 'V999__of_tomorrow.sql', 'x', 1, true)");
    assertEquals(0, migrate("--check"));
    start("check");
    start("auto");
  }

  private int migrate(String... more) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("migrate"));
    settings("auto").forEach(setting -> arguments.addAll(List.of("--set", setting)));
    arguments.addAll(List.of(more));
    return new CommandLine(new Cloud())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setOut(new PrintWriter(out))
        .execute(arguments.toArray(String[]::new));
  }

  private void start(String mode) throws Exception {
    CloudConfig config =
        new SettingsLoader(Map.of(), home)
            .load(CloudConfig.class, Optional.empty(), settings(mode))
            .value();
    Lifecycle parts = new Lifecycle("cloud");
    try {
      assertTrue(CloudProcess.start(parts, config).httpPort() > 0);
    } finally {
      parts.close();
    }
    assertEquals(List.of(), parts.failures());
  }

  private List<String> settings(String mode) {
    return List.of(
        "dataDir=" + home.resolve("data"),
        "mqtt.port=0",
        "http.port=0",
        "database.migrate=" + mode,
        "database.url=" + address.url(),
        "database.user=" + address.user(),
        "database.password=file:" + home.resolve("password"));
  }

  private String one(String query) throws SQLException {
    try (Connection connection = open();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getString(1);
    }
  }

  private void execute(String statement) throws SQLException {
    try (Connection connection = open();
        Statement s = connection.createStatement()) {
      s.execute(statement);
    }
  }

  private Connection open() throws SQLException {
    return DriverManager.getConnection(address.url(), address.user(), address.password());
  }
}
