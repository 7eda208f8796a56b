package io.edgeflow.inference.scoring;

import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.aggregator.reading.SeriesName;
import io.edgeflow.inference.bundle.Manifest;
import io.edgeflow.inference.prepare.Feed;
import io.edgeflow.inference.prepare.RowSink;
import io.edgeflow.inference.prepare.Subjects;
import io.edgeflow.inference.prepare.Withheld;
import io.edgeflow.inference.scoring.HeldRows.Held;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
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
  private final Sharing sharing;
  private final HeldRows held;
  private final Runnable full;
  private final List<Collector> collectors = new ArrayList<>();
  private final Map<String, Collector> byScore = new HashMap<>();
  private @Nullable Feed[] feeds = new @Nullable Feed[64];
  private boolean collecting;
  private long withheld;

  /**
   * @param full has the batch called and cleared
   */
  Lane(ScoredModel model, String slot, Sharing sharing, Consumer<Lane> full) {
    Manifest manifest = model.bundle().manifest();
    this.model = model;
    this.slot = slot;
    this.sharing = sharing;
    this.full = () -> full.accept(this);
    this.held = new HeldRows(sharing, manifest.input().rowLength());
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
    if (!ScoreNames.valid(scores)) {
      return RowSink.NONE;
    }
    var collector = new Collector(new Subject(name, scores));
    if (sharing.isShared()) {
      collectors.add(collector);
      scores.forEach(score -> byScore.put(score, collector));
    }
    return collector;
  }

  /** Other rows are ours from here on: those that are now and have no score yet are taken. */
  void shareChanged() {
    collectors.forEach(Collector::shareChanged);
  }

  /** Another process wrote a score. */
  void heard(String series, long timeMicros) {
    Collector collector = byScore.get(series);
    if (collector != null) {
      collector.heard(timeMicros);
    }
  }

  /** Rows of others that were forgotten though nobody was heard to score them. */
  long forgotten() {
    return held.forgotten();
  }

  /**
   * Takes the rows of one subject. Which process scores them is the share's to say. One that did
   * until now goes on until it hears the other one's score of a later row: whoever has just begun
   * may have no rows yet.
   */
  private final class Collector implements RowSink {
    private final Subject subject;
    private final Deque<Held> waiting = new ArrayDeque<>(0);
    private boolean assigned;
    private boolean ours;
    private long lastMicros = Long.MIN_VALUE;
    private long heardMicros = Long.MIN_VALUE;
    private long releaseMicros = Long.MIN_VALUE;

    Collector(Subject subject) {
      this.subject = subject;
      this.assigned = sharing.share().isOurs(slot, subject.name());
      this.ours = assigned;
    }

    @Override
    public void row(long timeMicros, float[] row, Quality quality, int filled) {
      if (!collecting) {
        return;
      }
      lastMicros = timeMicros;
      if (ours) {
        batch.add(subject, timeMicros, row, quality);
      } else if (timeMicros > heardMicros) {
        held.add(waiting, timeMicros, row, quality);
      }
    }

    void shareChanged() {
      boolean was = assigned;
      assigned = sharing.share().isOurs(slot, subject.name());
      if (was && !assigned) {
        releaseMicros = lastMicros;
      }
      if (assigned && !ours) {
        takeOver();
      }
    }

    private void takeOver() {
      ours = true;
      for (Held next = waiting.poll(); next != null; next = waiting.poll()) {
        batch.add(subject, next.timeMicros, next.values, next.quality);
        held.done(next);
        if (batch.size() >= maxBatch()) {
          full.run();
        }
      }
    }

    void heard(long timeMicros) {
      heardMicros = Math.max(heardMicros, timeMicros);
      while (!waiting.isEmpty() && waiting.element().timeMicros <= heardMicros) {
        held.done(waiting.remove());
      }
      if (!assigned && timeMicros > releaseMicros) {
        ours = false;
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
