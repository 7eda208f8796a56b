package io.edgeflow.inference.node;

import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.inference.scoring.CallWatch;
import io.edgeflow.inference.scoring.ScoreSink;
import io.edgeflow.inference.slot.Attribution;
import io.edgeflow.inference.slot.ModelIdentity;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the scores of one slot go, and what is told of its calls. Any thread. */
final class SlotOutlet implements ScoreSink {
  private static final Logger log = LoggerFactory.getLogger(SlotOutlet.class);

  private final String slot;
  private final ScoreWriter writer;
  private final CallWatch calls;

  SlotOutlet(String slot, ScoreWriter writer, MeterRegistry meters) {
    this.slot = slot;
    this.writer = writer;
    this.calls = new CallWatch(meters);
  }

  @Override
  public void score(String series, long timeMicros, float value, Quality quality, Attribution by) {
    writer.add(series, timeMicros, value, quality);
  }

  @Override
  public void called(Attribution by, int rows, long nanos) {
    calls.called(by.model().name(), nanos);
  }

  @Override
  public void failed(Attribution by, int rows, String why) {
    if (calls.failed()) {
      log.warn("slot {}: {} gives no scores: {}", slot, by.model(), why);
    }
  }

  @Override
  public void active(String of, Optional<ModelIdentity> model) {
    calls.begin();
    log.info("slot {}: {}", slot, model.map(one -> one + " scores").orElse("no model scores"));
  }

  /** Whether the last call gave no scores for some rows. */
  boolean isFailing() {
    return calls.isFailing();
  }
}
