package io.edgeflow.cloud;

import com.zaxxer.hikari.HikariDataSource;
import io.edgeflow.cloud.postgres.DatabaseAddress;
import io.edgeflow.cloud.store.Layout;
import io.edgeflow.cloud.store.Pool;
import io.edgeflow.cloud.store.StorageSettings;
import io.edgeflow.cloud.upkeep.Upkeep;
import io.edgeflow.process.lifecycle.Lifecycle;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;

/** What looks after the tables, over a connection of its own. */
final class UpkeepParts {
  private static final int CONNECTIONS = 1;

  private UpkeepParts() {}

  static void open(
      Lifecycle parts,
      DatabaseAddress address,
      Layout layout,
      StorageSettings storage,
      MeterRegistry meters,
      InstantSource clock)
      throws Exception {
    HikariDataSource database =
        parts.open(
            "upkeep connections",
            () -> Pool.open(address, "upkeep", CONNECTIONS),
            HikariDataSource::close);
    Upkeep upkeep =
        parts.open("upkeep", () -> Upkeep.start(database, layout, storage, clock), Upkeep::close);
    FunctionCounter.builder("edgeflow.storage.removed.rows", upkeep, Upkeep::removed)
        .description("Rows that were older than database.retention allows, by this process.")
        .register(meters);
    FunctionCounter.builder("edgeflow.storage.late.windows", upkeep, Upkeep::merged)
        .description(
            "Windows merged into compressed chunks after they were staged, by this process.")
        .register(meters);
  }
}
