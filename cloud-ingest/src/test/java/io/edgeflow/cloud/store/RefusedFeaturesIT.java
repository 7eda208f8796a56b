package io.edgeflow.cloud.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.sql.Connection;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * A server that says it has what its licence or release then refuses. Runs where
 * EDGEFLOW_TEST_DATABASE_URL names a TimescaleDB of the Apache licence, which refuses for real.
 */
final class RefusedFeaturesIT {
  @Test
  void framesAreStoredAllTheSame() throws Exception {
    try (Schema schema = Schema.create()) {
      boolean apache =
          schema
              .one("select coalesce(current_setting('timescaledb.license', true), '')")
              .equals("apache");
      assumeTrue(apache, "this server has no TimescaleDB of the Apache licence");
      Layout settled;
      try (Connection connection = schema.database().getConnection()) {
        connection.setAutoCommit(false);
        settled =
            LayoutTables.prepare(
                connection, new Layout.Community("2.19.3", true), StorageSettings.STANDARD);
        connection.commit();
        connection.setAutoCommit(true);
      }
      assertInstanceOf(Layout.Hypertables.class, settled);
      schema.store(new Plant("pi-7", new Random(7)).windows("pump/flow", Plant.window(0, 1, 2, 3)));
      assertEquals("3", schema.one("select count from edgeflow.window_1m"));
      assertEquals("3", schema.one("select count from edgeflow.window_1h"));
    }
  }
}
