package io.edgeflow.cloud.query;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.edgeflow.cloud.rollup.RollupState;
import io.edgeflow.process.http.Answer;
import io.edgeflow.process.http.Handler;
import io.edgeflow.process.http.Request;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /api/v1/status}: the process and its database. Answers with the database away, too.
 */
final class StatusHandler implements Handler {
  private static final String DATABASE =
      """
      select current_setting('server_version'),
        (select extversion from pg_extension where extname = 'timescaledb'),
        (select relkind = 'p' from pg_class where oid = 'sample_window'::regclass),
        pg_database_size(current_database())
      """;

  private final Reads reads;
  private final InstantSource clock;
  private final CloudFacts facts;

  StatusHandler(Reads reads, InstantSource clock, CloudFacts facts) {
    this.reads = reads;
    this.clock = clock;
    this.facts = facts;
  }

  record Status(
      String version,
      long now,
      long startedAt,
      long uptimeSeconds,
      Database database,
      @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable RollupState rollups,
      @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable StorageState storage,
      Writer writer,
      List<ProcessesQuery.Member> processes) {}

  /**
   * @param kind {@code embedded} or {@code external}
   * @param atRisk whether it may lose what it has committed
   * @param risks why, and what can be done, a sentence each
   * @param timescaledb its version, or null where the server has none
   * @param partitions {@code hypertables} or {@code native}
   */
  record Database(
      String kind,
      boolean reachable,
      boolean atRisk,
      List<String> risks,
      @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String version,
      @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String timescaledb,
      @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String partitions,
      @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable Long bytes) {}

  /**
   * @param creditBytes of frames that edges were granted to have under way, together
   */
  record Writer(long queuedFrames, long creditBytes) {}

  @Override
  public Answer answer(Request request) throws SQLException {
    new Parameters(request);
    long now = clock.millis();
    long started = facts.started().toEpochMilli();
    Database database = database();
    return Answer.json(
        new Status(
            facts.version(),
            now,
            started,
            Math.max(0, (now - started) / 1000),
            database,
            database.reachable() ? rollups() : null,
            database.reachable() ? storage() : null,
            new Writer(facts.writerQueue().getAsLong(), facts.credit().getAsLong()),
            database.reachable() ? processes() : List.of()));
  }

  private @Nullable RollupState rollups() throws SQLException {
    try {
      return reads.ask(RollupState::read);
    } catch (Overload away) {
      return null;
    }
  }

  private List<ProcessesQuery.Member> processes() throws SQLException {
    try {
      return reads.ask(ProcessesQuery::read);
    } catch (Overload away) {
      return List.of();
    }
  }

  private Database database() throws SQLException {
    try {
      return reads.ask(this::read);
    } catch (Overload away) {
      List<String> risks = facts.risks().get();
      return new Database(kind(), false, !risks.isEmpty(), risks, null, null, null, null);
    }
  }

  /** Null with the database away. */
  private @Nullable StorageState storage() throws SQLException {
    try {
      return reads.ask(
          connection ->
              StorageState.read(connection, facts.storage().layout(), facts.storage().settings()));
    } catch (Overload away) {
      return null;
    }
  }

  private Database read(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(DATABASE)) {
      row.next();
      List<String> risks = facts.risks().get();
      return new Database(
          kind(),
          true,
          !risks.isEmpty(),
          risks,
          row.getString(1),
          row.getString(2),
          row.getBoolean(3) ? "native" : "hypertables",
          row.getLong(4));
    }
  }

  private String kind() {
    return facts.embedded() ? "embedded" : "external";
  }
}
