package io.edgeflow.inference.slot;

import java.util.BitSet;
import java.util.OptionalDouble;

/** Sums up two models' scores of the same rows, in constant memory. Thread-safe. */
final class Comparison {
  private long compared;
  private long values;
  private double differences;
  private double mostDifference;
  private long servingAlarms;
  private long candidateAlarms;
  private long bothAlarms;
  private long skipped;
  private long failedRows;
  private final Latencies servingTimes = new Latencies();
  private final Latencies candidateTimes = new Latencies();

  /** Means and moments of second order, updated pair by pair, which keeps small differences. */
  private double servingMean;

  private double candidateMean;
  private double servingSquares;
  private double candidateSquares;
  private double products;

  /** What the candidate gave for one batch. */
  record Answer(Floats floats, int outputs, BitSet unusable, long nanos, AlarmRule alarms) {}

  /** An array in a record compares by identity; nobody compares these. */
  static final class Floats {
    final float[] values;

    Floats(float[] values) {
      this.values = values;
    }
  }

  synchronized void add(Scores serving, AlarmRule servingRule, Answer candidate) {
    servingTimes.add(serving.nanos());
    candidateTimes.add(candidate.nanos());
    for (int row = 0; row < serving.count(); row++) {
      if (candidate.unusable().get(row)) {
        failedRows++;
      } else if (serving.isUsable(row)) {
        add(serving, servingRule, candidate, row);
      }
    }
  }

  private void add(Scores serving, AlarmRule servingRule, Answer candidate, int row) {
    compared++;
    int ours = row * serving.outputs();
    int theirs = row * candidate.outputs();
    float[] candidates = candidate.floats().values;
    for (int i = 0; i < Math.min(serving.outputs(), candidate.outputs()); i++) {
      add(serving.values()[ours + i], candidates[theirs + i]);
    }
    boolean servingAlarm = servingRule.alarms(serving.values(), ours);
    boolean candidateAlarm = candidate.alarms().alarms(candidates, theirs);
    servingAlarms += servingAlarm ? 1 : 0;
    candidateAlarms += candidateAlarm ? 1 : 0;
    bothAlarms += servingAlarm && candidateAlarm ? 1 : 0;
  }

  private void add(double serving, double candidate) {
    values++;
    double difference = Math.abs(serving - candidate);
    differences += difference;
    mostDifference = Math.max(mostDifference, difference);
    double fromServing = serving - servingMean;
    double fromCandidate = candidate - candidateMean;
    servingMean += fromServing / values;
    candidateMean += fromCandidate / values;
    servingSquares += fromServing * (serving - servingMean);
    candidateSquares += fromCandidate * (candidate - candidateMean);
    products += fromServing * (candidate - candidateMean);
  }

  synchronized void skip(int rows) {
    skipped += rows;
  }

  synchronized void fail(int rows) {
    failedRows += rows;
  }

  synchronized ComparisonReport report() {
    return new ComparisonReport(
        compared,
        values,
        values == 0 ? 0 : differences / values,
        mostDifference,
        correlation(),
        servingAlarms,
        candidateAlarms,
        bothAlarms,
        skipped,
        failedRows,
        servingTimes.summary(),
        candidateTimes.summary());
  }

  private OptionalDouble correlation() {
    double scale = Math.sqrt(servingSquares) * Math.sqrt(candidateSquares);
    return scale > 0
        ? OptionalDouble.of(Math.clamp(products / scale, -1.0, 1.0))
        : OptionalDouble.empty();
  }
}
