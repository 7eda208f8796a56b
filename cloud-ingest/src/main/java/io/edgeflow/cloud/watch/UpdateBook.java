package io.edgeflow.cloud.watch;

import io.edgeflow.cloud.store.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** What was announced, and what became of it, in the database: every cloud process sees it. */
final class UpdateBook {
  /** Anybody may tell of tags: so many wait at most, the newest told. */
  static final int MOST_WAITING = 50;

  private static final String SEE =
      """
      insert into program_update (program, tag, version, source, seen, updated)
      values (?, ?, ?, ?, ?, ?) on conflict do nothing
      """;

  private static final String PRUNE =
      """
      delete from program_update where program = ? and state in ('waiting', 'passed') and tag not in (
        select tag from program_update where program = ? and state in ('waiting', 'passed')
        order by seen desc, tag limit ?
      )
      """;

  private static final String ROLLED =
      "select version from program_update where program = ? and state in ('starting', 'rolled')";

  private static final String WAITING =
      "select tag, source, detail from program_update where program = ? and state = 'waiting'";

  private static final String CLAIM =
      """
      update program_update set state = 'starting', updated = ?
      where program = ? and tag = ? and state = 'waiting'
      """;

  private static final String ROLL =
      """
      update program_update set state = 'rolled', rollout = ?, detail = '', updated = ?
      where program = ? and tag = ?
      """;

  private static final String WAIT =
      """
      update program_update set state = 'waiting', detail = ?, updated = ?
      where program = ? and tag = ? and (state = 'starting' or (state = 'waiting' and detail <> ?))
      """;

  private static final String PASS =
      "update program_update set state = 'passed', updated = ? where program = ? and tag = ? and"
          + " state = 'waiting'";

  private static final String STALE =
      "select tag, source, detail from program_update where program = ? and state = 'starting' and"
          + " updated < ?";

  private final DataSource database;

  UpdateBook(DataSource database) {
    this.database = database;
  }

  /** A version that was announced. */
  record Seen(String tag, SemVer version, String source, String detail) {}

  /** True if nobody told of it before. */
  boolean see(String program, String tag, SemVer version, String source, Instant now)
      throws SQLException {
    try (Connection connection = database.getConnection()) {
      boolean isNew = Sql.run(connection, SEE, program, tag, version.text(), source, now, now) > 0;
      if (isNew) {
        Sql.run(connection, PRUNE, program, program, MOST_WAITING);
      }
      return isNew;
    }
  }

  /** The newest that a rollout was, or may have been, started of. */
  Optional<SemVer> newestRolled(String program) throws SQLException {
    try (Connection connection = database.getConnection()) {
      return Sql.rows(connection, ROLLED, row -> row.getString(1), program).stream()
          .flatMap(version -> SemVer.of(version).stream())
          .max(Comparator.naturalOrder());
    }
  }

  /** The newest first. */
  List<Seen> waiting(String program) throws SQLException {
    return seen(WAITING, program);
  }

  /** What somebody was starting when he ended. */
  List<Seen> stale(String program, Instant before) throws SQLException {
    return seen(STALE, program, before);
  }

  private List<Seen> seen(String query, Object... parameters) throws SQLException {
    try (Connection connection = database.getConnection()) {
      return Sql.rows(connection, query, UpdateBook::row, parameters).stream()
          .flatMap(Optional::stream)
          .sorted(Comparator.comparing(Seen::version).reversed())
          .toList();
    }
  }

  private static Optional<Seen> row(ResultSet row) throws SQLException {
    String tag = row.getString(1);
    String source = row.getString(2);
    String detail = row.getString(3);
    return SemVer.of(tag).map(version -> new Seen(tag, version, source, detail));
  }

  /** True if it is the caller's to start: nobody else's, now or ever. */
  boolean claim(String program, String tag, Instant now) throws SQLException {
    return change(CLAIM, now, program, tag);
  }

  void rolled(String program, String tag, String rollout, Instant now) throws SQLException {
    change(ROLL, rollout, now, program, tag);
  }

  /** True if that was not said of it before. */
  boolean waits(String program, String tag, String why, Instant now) throws SQLException {
    return change(WAIT, why, now, program, tag, why);
  }

  void passed(String program, String tag, Instant now) throws SQLException {
    change(PASS, now, program, tag);
  }

  private boolean change(String statement, Object... parameters) throws SQLException {
    try (Connection connection = database.getConnection()) {
      return Sql.run(connection, statement, parameters) > 0;
    }
  }
}
