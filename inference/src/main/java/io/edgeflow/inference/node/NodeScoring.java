package io.edgeflow.inference.node;

import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.inference.node.config.InferenceConfig;
import io.edgeflow.inference.runtime.ScoringRuntime;
import io.edgeflow.inference.scoring.ReadingQueue;
import io.edgeflow.inference.scoring.Share;
import io.edgeflow.inference.scoring.Sharing;
import io.edgeflow.inference.scoring.SlotScorer;
import io.edgeflow.wire.document.ReportedModel;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;

/**
 * The models of a node: readings in, scores into the outbox. One thread for each slot scores,
 * another one loads; whatever a model does, neither whoever puts readings nor another slot waits.
 */
final class NodeScoring {
  private static final Duration SOAK = Duration.ofSeconds(5);
  private static final long STOP_MILLIS = 2_000;

  private final String node;
  private final List<NodeSlot> slots;
  private final List<ScoringLoop> loops;
  private final NodeModels models;

  private NodeScoring(InferenceConfig config, ScoreWriter writer, List<NodeSlot> slots) {
    this.node = config.node();
    this.slots = slots;
    this.loops =
        slots.stream()
            .map(
                slot ->
                    new ScoringLoop(slot.queue(), slot.scorer(), writer, config.batch().linger()))
            .toList();
    this.models = new NodeModels(slots, config.dataDir().resolve("models"), SOAK);
  }

  /** Returns at once; models are loaded beside. */
  static NodeScoring start(
      InferenceConfig config, Share share, ScoreWriter writer, MeterRegistry meters) {
    var sharing =
        new Sharing(
            share,
            config.share().keep().toNanos(),
            config.share().memory().bytes(),
            System::nanoTime);
    List<NodeSlot> slots =
        config.scoring().stream()
            .map(
                slot -> {
                  var outlet = new SlotOutlet(slot.slot(), writer, meters);
                  var scorer = new SlotScorer(slot.slot(), outlet, sharing);
                  return new NodeSlot(slot, config.queue(), outlet, scorer);
                })
            .toList();
    var scoring = new NodeScoring(config, writer, slots);
    scoring.others(Set.of());
    scoring.loops.forEach(ScoringLoop::start);
    scoring.models.start();
    return scoring;
  }

  /**
   * What the slots of other nodes write is scored by none of ours, and what one of ours writes by
   * none of the others.
   */
  void others(Set<String> slotsOfOthers) {
    Set<String> all = new HashSet<>(slotsOfOthers);
    slots.forEach(slot -> all.add(slot.config().slot()));
    loops.forEach(loop -> loop.others(all));
  }

  /** One thread at a time; never waits. */
  void put(String series, long timeMicros, double value, Quality quality) {
    for (int i = 0; i < slots.size(); i++) {
      slots.get(i).queue().put(series, timeMicros, value, quality);
    }
  }

  /** What was tried to compute with, and what is taken; empty while that is not known. */
  Optional<ScoringRuntime> runtime() {
    return models.runtime();
  }

  /** Empty while it is not known. */
  String provider() {
    return runtime().map(open -> open.provider().name().toLowerCase(Locale.ROOT)).orElse("");
  }

  /** Each slot, in the order of the configuration. Any thread; waits for no model. */
  List<ReportedModel> status() {
    String provider = provider();
    return slots.stream().map(slot -> slot.status(node, provider)).toList();
  }

  /** How long the oldest reading waits that some slot has not seen, in nanoseconds. */
  long ageNanos() {
    return slots.stream().mapToLong(slot -> slot.queue().ageNanos()).max().orElse(0);
  }

  /** Readings that wait, those of all slots together. */
  long depth() {
    return sum(ReadingQueue::depth);
  }

  /** Readings that nobody scored in time, those of all slots together. */
  long dropped() {
    return sum(ReadingQueue::dropped);
  }

  private long sum(ToLongFunction<ReadingQueue> figure) {
    return slots.stream().mapToLong(slot -> figure.applyAsLong(slot.queue())).sum();
  }

  /** The slots that have no model to score with. */
  List<String> without() {
    return slots.stream()
        .filter(slot -> slot.model().isEmpty())
        .map(slot -> slot.config().slot())
        .toList();
  }

  void close() throws Exception {
    models.close();
    loops.forEach(ScoringLoop::stop);
    for (ScoringLoop loop : loops) {
      loop.close();
    }
    // Side by side: one that waits for a call of its model holds up no other.
    List<Thread> closing =
        slots.stream().map(slot -> Thread.ofVirtual().start(slot.scorer()::close)).toList();
    for (Thread one : closing) {
      one.join(STOP_MILLIS);
    }
  }
}
