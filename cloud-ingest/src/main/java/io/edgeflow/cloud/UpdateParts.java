package io.edgeflow.cloud;

import com.zaxxer.hikari.HikariDataSource;
import io.edgeflow.cloud.config.UpdateConfig;
import io.edgeflow.cloud.deploy.Deployments;
import io.edgeflow.cloud.deploy.kafka.UpdateTrigger;
import io.edgeflow.cloud.postgres.DatabaseAddress;
import io.edgeflow.cloud.registry.Audit;
import io.edgeflow.cloud.registry.Registry;
import io.edgeflow.cloud.store.Pool;
import io.edgeflow.cloud.watch.RolloutStarter;
import io.edgeflow.cloud.watch.UpdateWatch;
import io.edgeflow.process.lifecycle.Lifecycle;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From what is configured to a watch over announced versions. Kafka may tell of one before the
 * watch is there: whoever announces it by a source that is watched is heard again.
 */
final class UpdateParts implements UpdateTrigger {
  private static final Logger LOG = LoggerFactory.getLogger(UpdateParts.class);
  private static final int CONNECTIONS = 2;

  private final AtomicReference<@Nullable UpdateWatch> watch = new AtomicReference<>();

  /** Nothing, where nothing is to be watched. */
  void open(
      Lifecycle parts,
      List<UpdateConfig> updates,
      DatabaseAddress address,
      Registry registry,
      Deployments deployments,
      InstantSource clock)
      throws Exception {
    if (updates.isEmpty()) {
      return;
    }
    HikariDataSource database =
        parts.open(
            "update connections",
            () -> Pool.open(address, "updates", CONNECTIONS),
            HikariDataSource::close);
    watch.set(
        parts.open(
            "update watch",
            () ->
                UpdateWatch.start(
                    updates, database, registry, new Starter(database, deployments, clock), clock),
            UpdateWatch::close));
  }

  @Override
  public void requested(String tag, String source) {
    UpdateWatch running = watch.get();
    if (running == null) {
      LOG.info("nothing starts by an update event tag={} source={}", tag, source);
    } else {
      running.requested(tag, source);
    }
  }

  private record Starter(DataSource database, Deployments deployments, InstantSource clock)
      implements RolloutStarter {
    @Override
    public String start(byte[] spec, String who, String why) throws SQLException {
      return deployments.roll(spec, who, why);
    }

    @Override
    public Optional<String> started(String who, String why) throws SQLException {
      return deployments.rolled(who, why);
    }

    @Override
    public void note(String program, String who, String what, String detail) throws SQLException {
      try (Connection connection = database.getConnection()) {
        Audit.note(connection, clock.millis(), who, what, program, Map.of("detail", detail));
      }
    }
  }
}
