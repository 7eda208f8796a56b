package io.edgeflow.inference.slot;

import io.edgeflow.inference.runtime.ModelLimits;
import io.edgeflow.inference.runtime.ModelSpec;
import io.edgeflow.inference.runtime.Scorer;
import io.edgeflow.inference.runtime.ScorerSource;
import io.edgeflow.inference.runtime.ScoringException;
import io.edgeflow.inference.runtime.TestGraphs;
import io.edgeflow.inference.runtime.TestRuntime;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Real graphs {@code y = x + version}, and counts of what they are asked. */
final class TestModels {
  final AtomicInteger open = new AtomicInteger();

  /** Rows scored by threads whose name begins with {@code load-}. */
  final AtomicLong scored = new AtomicLong();

  final AtomicInteger calledClosed = new AtomicInteger();
  private final Path directory;

  TestModels(Path directory) {
    this.directory = directory;
  }

  static ModelIdentity identity(int version) {
    return new ModelIdentity("plus", Integer.toString(version), "d" + version);
  }

  /** Alarms above 100. */
  SlotModel plus(int version) throws IOException {
    Path graph = TestGraphs.write(directory, "plus" + version, TestGraphs.plus(1, version));
    ScorerSource source =
        () -> new Counted(TestRuntime.get().load(graph, TestRuntime.spec(1, ModelLimits.DEFAULT)));
    return model(version, source);
  }

  static SlotModel model(int version, ScorerSource source) {
    return new SlotModel(
        identity(version),
        source,
        scorer -> prove(scorer, version),
        (scores, at) -> scores[at] > 100);
  }

  private static Golden.Verdict prove(Scorer scorer, int version) throws ScoringException {
    float score = scorer.score(new float[] {2}, 1)[0];
    return score == 2 + version
        ? new Golden.Verdict.Proven()
        : new Golden.Verdict.Failed("2 gave " + score);
  }

  private final class Counted implements Scorer {
    private final Scorer scorer;
    private volatile boolean closed;

    Counted(Scorer scorer) {
      this.scorer = scorer;
      open.incrementAndGet();
    }

    @Override
    public ModelSpec spec() {
      return scorer.spec();
    }

    @Override
    public float[] score(float[] rows, int count) throws ScoringException {
      if (closed) {
        calledClosed.incrementAndGet();
      }
      if (Thread.currentThread().getName().startsWith("load-")) {
        scored.addAndGet(count);
      }
      float[] scores = scorer.score(rows, count);
      if (closed) {
        calledClosed.incrementAndGet();
      }
      return scores;
    }

    @Override
    public void close() {
      closed = true;
      scorer.close();
      open.decrementAndGet();
    }
  }
}
