package io.edgeflow.inference.scoring;

import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.aggregator.reading.SeriesName;
import io.edgeflow.inference.bundle.Manifest;
import io.edgeflow.inference.prepare.Feed;
import io.edgeflow.inference.prepare.RowSink;
import io.edgeflow.inference.prepare.Subjects;
import io.edgeflow.inference.prepare.Withheld;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One model's way of preparing readings, and the rows that came of them since the last call. It
 * goes on preparing while its model does not serve, so that the model can serve at once. One thread
 * at a time.
 */
final class Lane {
  private final ScoredModel model;
  private final String slot;
  private final Subjects subjects;
  private final RowBatch batch;
  private @Nullable Feed[] feeds = new @Nullable Feed[64];
  private boolean collecting;
  private long withheld;

  Lane(ScoredModel model, String slot) {
    Manifest manifest = model.bundle().manifest();
    this.model = model;
    this.slot = slot;
    this.batch = new RowBatch(manifest.input().rowLength());
    this.subjects = new Subjects(manifest, model.bundle().parameters(), this::sink);
  }

  ScoredModel model() {
    return model;
  }

  RowBatch batch() {
    return batch;
  }

  int maxBatch() {
    return model.bundle().manifest().limits().maxBatch();
  }

  /** Whether rows are kept for a call; else they only keep the state up to date. */
  void collect(boolean wanted) {
    collecting = wanted;
    batch.clear();
  }

  /** How often there was a reason instead of a row. */
  long withheld() {
    return withheld;
  }

  /**
   * @param series a small dense number, always the same for the name
   * @return whether the model takes this series
   */
  boolean accept(int series, SeriesName name, long timeMicros, double value, Quality quality) {
    Feed feed = feed(series, name);
    feed.accept(timeMicros, value, quality);
    return feed.isUsed();
  }

  /** A reading of the past, whose rows were scored already. */
  void recall(int series, SeriesName name, long timeMicros, double value, Quality quality) {
    feed(series, name).recall(timeMicros, value, quality);
  }

  private Feed feed(int series, SeriesName name) {
    if (series >= feeds.length) {
      feeds = Arrays.copyOf(feeds, Math.max(series + 1, feeds.length * 2));
    }
    Feed feed = feeds[series];
    if (feed == null) {
      feed = subjects.feed(name);
      feeds[series] = feed;
    }
    return feed;
  }

  private RowSink sink(String name) {
    List<String> scores = ScoreNames.of(name, slot, model.bundle().manifest());
    return ScoreNames.valid(scores) ? new Collector(new Subject(name, scores)) : RowSink.NONE;
  }

  private final class Collector implements RowSink {
    private final Subject subject;

    Collector(Subject subject) {
      this.subject = subject;
    }

    @Override
    public void row(long timeMicros, float[] row, Quality quality, int filled) {
      if (collecting) {
        batch.add(subject, timeMicros, row, quality);
      }
    }

    @Override
    public void withheld(long timeMicros, Withheld why) {
      if (collecting) {
        withheld++;
      }
    }
  }
}
