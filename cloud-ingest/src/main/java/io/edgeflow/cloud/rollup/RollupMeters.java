package io.edgeflow.cloud.rollup;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.ToDoubleFunction;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells scrapers how far the roll-ups are, and what of it this process does. */
public final class RollupMeters {
  private static final Logger LOG = LoggerFactory.getLogger(RollupMeters.class);

  private final DataSource database;
  private volatile RollupState state = new RollupState(0, 0, 0, null, null, 0);

  public RollupMeters(DataSource database, RollupJob job, MeterRegistry registry) {
    this.database = database;
    pending(registry, "hour", one -> one.state.pendingHours());
    pending(registry, "day", one -> one.state.pendingDays());
    Gauge.builder("edgeflow.rollup.oldest.seconds", this, one -> one.state.oldestSeconds())
        .description("Since when the longest pending hour that is over waits to be rolled up.")
        .strongReference(true)
        .register(registry);
    Gauge.builder("edgeflow.rollup.only.readings", this, one -> one.state.rolledUpOnly())
        .description("Readings that came when their minutes had been deleted by age.")
        .strongReference(true)
        .register(registry);
    Gauge.builder("edgeflow.rollup.leading", job, one -> one.progress().leads() ? 1 : 0)
        .description("1 in the process that rolls up.")
        .strongReference(true)
        .register(registry);
    done(registry, job, "hour", one -> one.progress().hours());
    done(registry, job, "day", one -> one.progress().days());
  }

  /** Brings the meters up to date; where the database does not answer they stay. Blocks. */
  public void refresh() {
    try (Connection connection = database.getConnection()) {
      state = RollupState.read(connection);
    } catch (SQLException away) {
      LOG.debug("the roll-ups are not known now error={}", away.getMessage());
    }
  }

  private void pending(
      MeterRegistry registry, String level, ToDoubleFunction<RollupMeters> amount) {
    Gauge.builder("edgeflow.rollup.pending", this, amount)
        .description("Hours and days of edges that readers compute, because they were touched.")
        .tag("level", level)
        .strongReference(true)
        .register(registry);
  }

  private static void done(
      MeterRegistry registry, RollupJob job, String level, ToDoubleFunction<RollupJob> amount) {
    FunctionCounter.builder("edgeflow.rollup.done", job, amount)
        .description("Hours and days of edges that this process rolled up.")
        .tag("level", level)
        .register(registry);
  }
}
