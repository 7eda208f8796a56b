package io.edgeflow.cloud;

import com.zaxxer.hikari.HikariDataSource;
import io.edgeflow.cloud.config.CloudConfig;
import io.edgeflow.cloud.postgres.DatabaseAddress;
import io.edgeflow.cloud.rollup.Recomputing;
import io.edgeflow.cloud.rollup.Refresh;
import io.edgeflow.cloud.rollup.RefreshingAggregates;
import io.edgeflow.cloud.rollup.RollupJob;
import io.edgeflow.cloud.rollup.RollupSettings;
import io.edgeflow.cloud.store.Layout;
import io.edgeflow.cloud.store.Pool;
import io.edgeflow.cloud.store.StorageSettings;
import io.edgeflow.process.lifecycle.Lifecycle;
import java.time.InstantSource;

/** What keeps hours and days of windows. */
final class RollupParts {
  private RollupParts() {}

  static RollupJob open(
      Lifecycle parts,
      CloudConfig config,
      DatabaseAddress address,
      Layout layout,
      InstantSource clock)
      throws Exception {
    StorageSettings storage = config.database().storage();
    RollupSettings settings =
        RollupSettings.standard(storage.retention().minutes(), storage.retention().hours());
    HikariDataSource database =
        parts.open(
            "roll-up connection", () -> Pool.open(address, "rollups", 1), HikariDataSource::close);
    return parts.open(
        "roll-ups",
        () -> RollupJob.start(database, layout, storage, refresh(layout), settings, clock),
        RollupJob::close);
  }

  private static Refresh refresh(Layout layout) {
    return switch (layout) {
      case Layout.Community community when community.continuous() -> new RefreshingAggregates();
      case Layout.Community _, Layout.Hypertables _, Layout.NativePartitions _ -> new Recomputing();
    };
  }
}
