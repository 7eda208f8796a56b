package io.edgeflow.gateway;

import io.edgeflow.gateway.capture.RejectReason;
import io.edgeflow.gateway.recorder.ClockFigures;
import io.edgeflow.gateway.recorder.EdgeFigures;
import io.edgeflow.gateway.recorder.Recorder;
import io.edgeflow.process.metrics.ResidentMemory;
import io.edgeflow.wire.document.EdgeHealth;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How this edge is, for the cloud: what was seen last, at most some seconds ago. The owner of the
 * figures is asked now and then, and nobody waits for its answer. Any thread.
 */
final class HealthWatch implements Supplier<Optional<EdgeHealth>> {
  private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final Recorder recorder;
  private final boolean promise;
  private final long maxBytes;
  private final AtomicBoolean asking = new AtomicBoolean();
  private volatile @Nullable EdgeHealth seen;
  private volatile long seenNanos;

  HealthWatch(Recorder recorder, boolean promise, long maxBytes) {
    this.recorder = recorder;
    this.promise = promise;
    this.maxBytes = maxBytes;
  }

  /** Empty until the first answer. */
  @Override
  public Optional<EdgeHealth> get() {
    if ((seen == null || System.nanoTime() - seenNanos > FRESH_NANOS)
        && asking.compareAndSet(false, true)) {
      ask();
    }
    return Optional.ofNullable(seen);
  }

  private void ask() {
    var _ =
        recorder
            .figures()
            .thenCombine(recorder.clock(), this::health)
            .whenComplete(
                (health, failed) -> {
                  if (failed == null) {
                    seen = health;
                    seenNanos = System.nanoTime();
                  }
                  asking.set(false);
                });
  }

  private EdgeHealth health(EdgeFigures figures, ClockFigures clock) {
    Map<String, Long> backlog = new TreeMap<>();
    figures.pendingBytes().forEach((lane, bytes) -> backlog.put(lane.word(), bytes));
    return new EdgeHealth(
        backlog,
        oldestSeconds(figures, clock),
        clock.believed(),
        clock.cloudOffsetMicros().isEmpty()
            ? OptionalDouble.empty()
            : OptionalDouble.of(clock.cloudOffsetMicros().getAsLong() / 1e6),
        journal(),
        recorder.journalBytes() + recorder.backlogBytes() + recorder.reserveBytes(),
        maxBytes,
        promise,
        figures.accepted() - figures.duplicate(),
        words(figures.rejected()),
        words(figures.refused()),
        figures.lanes().values().stream().mapToLong(lane -> lane.dropped().readings()).sum(),
        ResidentMemory.bytes(),
        figures.series());
  }

  private static OptionalDouble oldestSeconds(EdgeFigures figures, ClockFigures clock) {
    return figures.oldestPendingMicros().isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(
            Math.max(0, clock.presentMicros() - figures.oldestPendingMicros().getAsLong()) / 1e6);
  }

  private String journal() {
    String state = JournalWords.state(recorder.journalHealth());
    return state.equals(JournalWords.OK) && !recorder.hasRoom() ? JournalWords.NO_ROOM : state;
  }

  private static Map<String, Long> words(Map<RejectReason, Long> counts) {
    Map<String, Long> words = new TreeMap<>();
    counts.forEach((reason, count) -> words.put(reason.word(), count));
    return words;
  }
}
