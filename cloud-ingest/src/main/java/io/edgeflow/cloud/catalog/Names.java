package io.edgeflow.cloud.catalog;

import io.edgeflow.aggregator.reading.SeriesName;
import io.edgeflow.cloud.query.SeriesNames;
import io.edgeflow.cloud.store.Sql;
import io.edgeflow.process.http.HttpRefusal;
import io.edgeflow.process.settings.Nearest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Names of series as people give them. Stateless. */
final class Names {
  private Names() {}

  /**
   * {@code edge/device/point} in its parts.
   *
   * @param name within the edge
   */
  record Path(String edge, String name) {
    /** 400 where no series could be called so. */
    static Path parse(String key, String text) {
      int slash = text.indexOf('/');
      if (slash < 1) {
        throw HttpRefusal.badRequest(
            "%s must be edge/device/point, such as pi-7/pump-7/flow".formatted(key));
      }
      try {
        return new Path(text.substring(0, slash), new SeriesName(text.substring(slash + 1)).path());
      } catch (IllegalArgumentException faulty) {
        throw HttpRefusal.badRequest(key + ": " + faulty.getMessage());
      }
    }

    @Override
    public String toString() {
      return edge + "/" + name;
    }
  }

  /** 404 where nothing is or was called so. */
  static SeriesNames.Found require(Connection connection, String name) throws SQLException {
    return SeriesNames.find(connection, name)
        .orElseThrow(() -> HttpRefusal.notFound("no series is or was called " + name));
  }

  /** The id of an edge, 404 where there is none: a misspelt one must not become another. */
  static int edge(Connection connection, String name) throws SQLException {
    return Sql.first(connection, "select id from edge where name = ?", row -> row.getInt(1), name)
        .orElseThrow(() -> HttpRefusal.notFound(nobody(connection, name)));
  }

  private static String nobody(Connection connection, String name) {
    String message =
        "no edge called %s was heard of: let it connect once, then move series to it"
            .formatted(name);
    try {
      List<String> all =
          Sql.rows(connection, "select name from edge limit 10000", row -> row.getString(1));
      return Nearest.to(name, all)
          .map(near -> message + "; did you mean " + near + "?")
          .orElse(message);
    } catch (SQLException unknown) {
      return message;
    }
  }
}
