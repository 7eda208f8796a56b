package io.edgeflow.models.replay;

import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.inference.bundle.Bundle;
import io.edgeflow.inference.bundle.Threshold;
import io.edgeflow.inference.prepare.RowSink;
import io.edgeflow.inference.prepare.Withheld;
import io.edgeflow.inference.runtime.Scorer;
import io.edgeflow.inference.runtime.ScoringException;
import io.edgeflow.models.history.Past;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Scores readings of the past in batches, as the edge would have scored them. One thread. */
public final class Replay {
  private final Bundle bundle;
  private final Scorer scorer;
  private final ScoreSink sink;
  private final Map<String, Watched> watched = new TreeMap<>();
  private final List<Pending> pending = new ArrayList<>();
  private final float[] batch;
  private final int maxBatch;

  /** Where scores go; the scores of a row begin at {@code offset}. */
  @FunctionalInterface
  public interface ScoreSink {
    void scored(String subject, long timeMicros, float[] scores, int offset);
  }

  /**
   * What became of one subject.
   *
   * @param rows that were scored
   * @param withheld times at which there was no row
   * @param greatest the greatest of each output
   */
  public record Outcome(
      String subject, long rows, long withheld, List<Double> greatest, List<Alarm> alarms) {}

  private Replay(OpenBundle open, ScoreSink sink) {
    this.bundle = open.bundle();
    this.scorer = open.scorer();
    this.sink = sink;
    this.maxBatch = bundle.manifest().limits().maxBatch();
    this.batch = new float[maxBatch * bundle.manifest().input().rowLength()];
  }

  /**
   * @return subject by subject
   * @throws ScoringException if the model fails
   */
  public static List<Outcome> run(OpenBundle open, Past past, ScoreSink sink)
      throws ScoringException {
    return new Replay(open, sink).run(past);
  }

  private List<Outcome> run(Past past) throws ScoringException {
    past.<ScoringException>prepare(
        bundle.manifest(), bundle.parameters(), this::watch, this::flushIfFull);
    flush();
    return watched.values().stream().map(Watched::outcome).toList();
  }

  /** A reading may complete several rows; each waits in the list with a row of its own. */
  private void flushIfFull() throws ScoringException {
    if (pending.size() >= maxBatch) {
      flush();
    }
  }

  private Watched watch(String subject) {
    return watched.computeIfAbsent(subject, Watched::new);
  }

  private void flush() throws ScoringException {
    for (int from = 0; from < pending.size(); from += maxBatch) {
      List<Pending> some = pending.subList(from, Math.min(pending.size(), from + maxBatch));
      int outputs = bundle.manifest().outputs().size();
      int rows = 0;
      for (Pending one : some) {
        if (one.row.length > 0) {
          System.arraycopy(one.row, 0, batch, rows++ * one.row.length, one.row.length);
        }
      }
      float[] scores = scorer.score(batch, rows);
      int at = 0;
      for (Pending one : some) {
        if (one.row.length > 0) {
          one.of.scored(one.timeMicros, scores, at);
          at += outputs;
        } else {
          one.of.silent();
        }
      }
    }
    pending.clear();
  }

  /**
   * @param row empty where there is none
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Pending(Watched of, long timeMicros, float[] row) {}

  /** One subject. */
  private final class Watched implements RowSink {
    private static final float[] NONE = {};

    private final String subject;
    private final List<AlarmWatch> watches = new ArrayList<>();
    private final List<Integer> outputOf = new ArrayList<>();
    private final double[] greatest;
    private long rows;
    private long withheld;

    Watched(String subject) {
      this.subject = subject;
      this.greatest = new double[bundle.manifest().outputs().size()];
      Arrays.fill(greatest, Double.NEGATIVE_INFINITY);
      List<String> names =
          bundle.manifest().outputs().stream().map(output -> output.name()).toList();
      for (Threshold one : bundle.manifest().thresholds()) {
        watches.add(new AlarmWatch(subject, one, bundle.parameters().setting(one, subject)));
        outputOf.add(names.indexOf(one.output()));
      }
    }

    @Override
    public void row(long timeMicros, float[] row, Quality quality, int filled) {
      pending.add(new Pending(this, timeMicros, row.clone()));
    }

    @Override
    public void withheld(long timeMicros, Withheld why) {
      pending.add(new Pending(this, timeMicros, NONE));
    }

    void scored(long timeMicros, float[] scores, int offset) {
      rows++;
      for (int i = 0; i < greatest.length; i++) {
        greatest[i] = Math.max(greatest[i], scores[offset + i]);
      }
      for (int i = 0; i < watches.size(); i++) {
        watches.get(i).score(timeMicros, scores[offset + outputOf.get(i)]);
      }
      sink.scored(subject, timeMicros, scores, offset);
    }

    void silent() {
      withheld++;
      watches.forEach(AlarmWatch::silence);
    }

    Outcome outcome() {
      List<Double> most = Arrays.stream(greatest).boxed().toList();
      List<Alarm> alarms = watches.stream().flatMap(watch -> watch.alarms().stream()).toList();
      return new Outcome(subject, rows, withheld, most, alarms);
    }
  }
}
