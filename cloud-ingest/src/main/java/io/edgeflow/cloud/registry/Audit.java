package io.edgeflow.cloud.registry;

import io.edgeflow.process.http.Json;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;

/** Writes down who changed what, in the transaction that changes it. Stateless. */
public final class Audit {
  private static final String NOTE =
      """
      insert into audit (at, who, what, subject, detail)
      values ('epoch'::timestamptz + ? * interval '1 millisecond', ?, ?, ?, ?::jsonb)
      """;

  private Audit() {}

  /**
   * @param millis since the epoch
   * @param subject what was changed: a model's name
   */
  public static void note(
      Connection connection,
      long millis,
      String who,
      String what,
      String subject,
      Map<String, ?> detail)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(NOTE)) {
      insert.setLong(1, millis);
      insert.setString(2, who);
      insert.setString(3, what);
      insert.setString(4, subject);
      insert.setString(5, Json.text(detail));
      insert.execute();
    }
  }
}
