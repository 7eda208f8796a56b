package io.edgeflow.inference.golden;

import io.edgeflow.inference.bundle.Manifest;
import io.edgeflow.inference.bundle.Parameters;
import java.util.ArrayList;
import java.util.List;

/** Makes golden vectors of readings and a model that is known to be right. */
public final class GoldenRecorder {
  private final Run run;

  public GoldenRecorder(Manifest manifest, Parameters parameters) {
    this.run = new Run(manifest, parameters);
  }

  /**
   * A vector that the model passes.
   *
   * @param readings in the order in which they arrive
   * @param absolute how far a score may be off, in the output's unit
   * @param relative how far it may be off besides, as a part of the expected score
   * @throws IllegalArgumentException if the readings make no row, too many, or the model answers
   *     what is no number
   * @throws Exception what the model throws
   */
  public GoldenVector record(
      String name,
      String subject,
      List<GoldenReading> readings,
      ScoreFunction model,
      double absolute,
      double relative)
      throws Exception {
    List<Came> came = run.of(readings, subject, time -> true);
    if (came.size() > run.limit() || came.stream().noneMatch(Came::hasRow)) {
      throw new IllegalArgumentException(name + " makes no row, or too many");
    }
    List<Expectation> expected = new ArrayList<>();
    for (Came one : came) {
      expected.add(
          new Expectation(
              one.timeMicros(),
              one.hasRow() ? scores(name, model.score(one.row())) : List.of(),
              one.quality(),
              one.withheld()));
    }
    return new GoldenVector(
        name, subject, List.copyOf(readings), expected, true, absolute, relative);
  }

  private static List<Double> scores(String name, float[] scores) {
    List<Double> values = new ArrayList<>();
    for (float score : scores) {
      if (!Float.isFinite(score)) {
        throw new IllegalArgumentException(name + " scores " + score);
      }
      values.add((double) score);
    }
    return values;
  }
}
