package io.edgeflow.inference.scoring;

import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.inference.slot.Attribution;
import io.edgeflow.inference.slot.ModelIdentity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Keeps what a slot gave. */
final class Told implements ScoreSink {
  record One(String series, long timeMicros, float value, Quality quality, Attribution by) {}

  private final List<One> scores = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();
  private final List<String> active = new ArrayList<>();
  private int rows;

  @Override
  public synchronized void score(
      String series, long timeMicros, float value, Quality quality, Attribution by) {
    scores.add(new One(series, timeMicros, value, quality, by));
  }

  @Override
  public synchronized void called(Attribution by, int more, long nanos) {
    rows += more;
  }

  @Override
  public synchronized void failed(Attribution by, int unscored, String why) {
    failures.add(by.slot() + " " + by.model().version() + ": " + unscored + " " + why);
  }

  @Override
  public synchronized void active(String slot, Optional<ModelIdentity> model) {
    active.add(slot + " " + model.map(ModelIdentity::version).orElse("none"));
  }

  synchronized List<One> scores() {
    return List.copyOf(scores);
  }

  /** Series, second and value of each score. */
  synchronized List<String> lines() {
    return scores.stream()
        .map(one -> one.series() + " " + one.timeMicros() / 1_000_000 + " " + one.value())
        .toList();
  }

  synchronized List<String> failures() {
    return List.copyOf(failures);
  }

  synchronized List<String> active() {
    return List.copyOf(active);
  }

  synchronized int rows() {
    return rows;
  }
}
