package io.edgeflow.cloud.deploy;

import io.edgeflow.cloud.rollout.Member;
import io.edgeflow.cloud.rollout.Member.Step;
import io.edgeflow.cloud.rollout.RolloutState;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells scrapers how far the rollouts that are not over are, all together. */
final class RolloutMeters {
  private static final Logger LOG = LoggerFactory.getLogger(RolloutMeters.class);

  private final Turns turns;
  private final MultiGauge edges;

  RolloutMeters(Turns turns, MeterRegistry registry) {
    this.turns = turns;
    this.edges =
        MultiGauge.builder("edgeflow.rollout.edges")
            .description("Edges of the rollouts that are not over, by how far they are.")
            .register(registry);
  }

  /** Brings the meters up to date; where the database does not answer they stay. Blocks. */
  void refresh() {
    try {
      edges.register(rows(turns.look(RolloutTable::open)), true);
    } catch (SQLException away) {
      LOG.debug("rollouts are not known now error={}", away.getMessage());
    }
  }

  private static List<MultiGauge.Row<?>> rows(List<RolloutState> open) {
    Map<Step, Integer> counts = new EnumMap<>(Step.class);
    for (RolloutState state : open) {
      for (Member member : state.members()) {
        counts.merge(member.step(), 1, Integer::sum);
      }
    }
    List<MultiGauge.Row<?>> rows = new ArrayList<>();
    for (Step step : Step.values()) {
      rows.add(
          MultiGauge.Row.of(
              Tags.of("state", RolloutViews.word(step)), counts.getOrDefault(step, 0)));
    }
    return rows;
  }
}
