package io.edgeflow.cloud.store;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells scrapers which edges are connected: nothing can scrape an edge behind NAT. */
public final class EdgeMeters {
  private static final Logger LOG = LoggerFactory.getLogger(EdgeMeters.class);

  private final DataSource database;
  private final MultiGauge up;

  public EdgeMeters(DataSource database, MeterRegistry registry) {
    this.database = database;
    this.up =
        MultiGauge.builder("edgeflow.edge.up")
            .description("1 for an edge that is connected, 0 for one that is known and is not.")
            .register(registry);
  }

  /** Brings the meters up to date; where the database does not answer they stay. Blocks. */
  public void refresh() {
    try {
      up.register(rows(), true);
    } catch (SQLException away) {
      LOG.debug("edges are not known now error={}", away.getMessage());
    }
  }

  private List<MultiGauge.Row<?>> rows() throws SQLException {
    List<MultiGauge.Row<?>> rows = new ArrayList<>();
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet edge = statement.executeQuery("select name, site, online from edge")) {
      while (edge.next()) {
        Tags tags = Tags.of("edge", edge.getString(1), "site", edge.getString(2));
        rows.add(MultiGauge.Row.of(tags, edge.getBoolean(3) ? 1 : 0));
      }
    }
    return rows;
  }
}
