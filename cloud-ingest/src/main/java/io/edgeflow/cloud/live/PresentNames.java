package io.edgeflow.cloud.live;

import io.edgeflow.cloud.store.Sql;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What series are called that people renamed, by what their edges send; as it was some seconds ago
 * at most. While the database is away, as it was before. For one thread, which it blocks.
 */
public final class PresentNames implements UnaryOperator<String> {
  private static final Logger LOG = LoggerFactory.getLogger(PresentNames.class);

  private static final String RENAMED =
      """
      select f.name || '/' || s.source_name, e.name || '/' || s.name
      from series s
      join edge f on f.id = s.source_edge_id
      join edge e on e.id = s.edge_id
      where s.renamed
      """;

  private final DataSource database;
  private final long everyNanos;
  private Map<String, String> names = Map.of();
  private long readNanos;
  private boolean read;

  /**
   * @param every how old it may be
   */
  public PresentNames(DataSource database, Duration every) {
    this.database = database;
    this.everyNanos = every.toNanos();
  }

  @Override
  public String apply(String sent) {
    long now = System.nanoTime();
    if (!read || now - readNanos >= everyNanos) {
      read = true;
      readNanos = now;
      refresh();
    }
    return names.getOrDefault(sent, sent);
  }

  private void refresh() {
    Map<String, String> found = new HashMap<>();
    try (var connection = database.getConnection()) {
      Sql.rows(connection, RENAMED, row -> found.put(row.getString(1), row.getString(2)));
      names = found;
    } catch (SQLException away) {
      LOG.debug("names stay as they were error={}", away.getMessage());
    }
  }
}
