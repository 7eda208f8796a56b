package io.edgeflow.inference.node;

import io.edgeflow.inference.node.config.InferenceConfig;
import io.edgeflow.inference.node.platform.Accelerator;
import io.edgeflow.inference.node.platform.PlatformWatch;
import io.edgeflow.inference.runtime.ProviderAttempt;
import io.edgeflow.inference.runtime.ScoringRuntime;
import io.edgeflow.process.metrics.BuildInfo;
import io.edgeflow.process.metrics.ResidentMemory;
import io.edgeflow.wire.document.NodeStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What is shown of a node, drawn from the parts that own it. Any thread. */
final class NodeViews {
  private final InferenceConfig config;
  private final NodeIntake intake;
  private final NodeScoring scoring;
  private final ScoreOutbox outbox;
  private final NodeLink link;
  private final Peers peers;
  private final PlatformWatch platform;
  private final long startedNanos = System.nanoTime();

  NodeViews(
      InferenceConfig config,
      NodeIntake intake,
      NodeScoring scoring,
      ScoreOutbox outbox,
      NodeLink link,
      Peers peers,
      PlatformWatch platform) {
    this.config = config;
    this.intake = intake;
    this.scoring = scoring;
    this.outbox = outbox;
    this.link = link;
    this.peers = peers;
    this.platform = platform;
  }

  /** Ready is: readings come in, and there are models to score them. */
  List<String> missing() {
    List<String> missing = new ArrayList<>();
    NodeLink.State state = link.state();
    if (!state.connected()) {
      missing.add("no connection to the gateway: " + state.lastError());
    }
    scoring.without().forEach(slot -> missing.add("slot " + slot + " has no model to score with"));
    return missing;
  }

  NodeReport report() {
    List<String> missing = missing();
    Optional<ScoringRuntime> runtime = scoring.runtime();
    ScoreOutbox.Figures scores = outbox.figures();
    return new NodeReport(
        missing.isEmpty(),
        missing,
        config.node(),
        BuildInfo.version(),
        millisSince(startedNanos),
        ResidentMemory.bytes(),
        gateway(),
        queue(),
        new NodeReport.Readings(intake.taken(), refused()),
        new NodeReport.Scores(scores.written(), scores.refused(), scores.waiting()),
        scoring.provider(),
        runtime.map(ScoringRuntime::attempts).orElse(List.of()).stream()
            .map(ProviderAttempt::toString)
            .toList(),
        scoring.status(),
        peers.present().stream().map(NodeStatus::node).toList(),
        platform.found().stream().map(NodeViews::gpu).toList());
  }

  private NodeReport.Link gateway() {
    NodeLink.State state = link.state();
    return new NodeReport.Link(
        state.connected(),
        config.gateway().url().toString(),
        millisSince(state.sinceNanos()),
        state.lastError());
  }

  private NodeReport.Queue queue() {
    long age = TimeUnit.NANOSECONDS.toMillis(scoring.ageNanos());
    return new NodeReport.Queue(
        scoring.depth(), age, age > NodeVoice.BEHIND_MILLIS, scoring.dropped());
  }

  private Map<String, Long> refused() {
    Map<String, Long> words = new TreeMap<>();
    intake
        .refused()
        .forEach(
            (fault, count) ->
                words.put(fault.name().toLowerCase(Locale.ROOT).replace('_', '-'), count));
    return words;
  }

  private static NodeReport.Gpu gpu(Accelerator one) {
    return new NodeReport.Gpu(
        one.name(),
        orNull(one.memoryUsedBytes()),
        orNull(one.memoryTotalBytes()),
        orNull(one.celsius()),
        orNull(one.watts()));
  }

  private static @Nullable Long orNull(OptionalLong value) {
    return value.isPresent() ? value.getAsLong() : null;
  }

  private static @Nullable Double orNull(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }

  private static long millisSince(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
  }
}
