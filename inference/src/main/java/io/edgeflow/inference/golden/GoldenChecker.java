package io.edgeflow.inference.golden;

import io.edgeflow.inference.bundle.Manifest;
import io.edgeflow.inference.bundle.Output;
import io.edgeflow.inference.bundle.Parameters;
import io.edgeflow.inference.golden.Deviation.Place;
import io.edgeflow.inference.prepare.Withheld;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Holds a model against golden vectors, from raw readings to scores: what preparation makes of them
 * is proven with it. Whatever deviates is a value; nothing that the model does makes this throw.
 */
public final class GoldenChecker {
  private static final int MAX_DEVIATIONS = 100;

  private final Manifest manifest;
  private final Run run;
  private final double toleranceFactor;

  /**
   * @param parameters that the vectors were made with: those of the bundle
   * @param toleranceFactor of the model file ({@link Manifest#toleranceFactorFor})
   */
  public GoldenChecker(Manifest manifest, Parameters parameters, double toleranceFactor) {
    this.manifest = manifest;
    this.run = new Run(manifest, parameters);
    this.toleranceFactor = toleranceFactor;
  }

  /** Blocks for as long as the model takes, row by row. */
  public GoldenReport check(Golden golden, ScoreFunction model) {
    var all = new Found();
    for (GoldenVector vector : golden.vectors()) {
      new OneVector(vector, model, all).check();
    }
    return new GoldenReport(golden.vectors().size(), all.rows, all.deviations, all.more);
  }

  /** What was found so far. */
  private static final class Found {
    private final List<Deviation> deviations = new ArrayList<>();
    private int more;
    private int rows;

    void add(Deviation deviation) {
      if (deviations.size() < MAX_DEVIATIONS) {
        deviations.add(deviation);
      } else {
        more++;
      }
    }
  }

  private final class OneVector {
    private final GoldenVector vector;
    private final ScoreFunction model;
    private final Found found;

    OneVector(GoldenVector vector, ScoreFunction model, Found found) {
      this.vector = vector;
      this.model = model;
      this.found = found;
    }

    void check() {
      List<Came> came = came();
      int at = 0;
      for (Expectation expected : vector.expected()) {
        while (at < came.size() && isBefore(came, at, expected)) {
          unlisted(came.get(at++));
        }
        boolean there = at < came.size() && came.get(at).timeMicros() == expected.time();
        compare(expected, there ? Optional.of(came.get(at++)) : Optional.empty());
      }
      came.subList(at, came.size()).forEach(this::unlisted);
    }

    /** Without a grid a time may have a reason first, while it is incomplete, and then a row. */
    private static boolean isBefore(List<Came> came, int at, Expectation expected) {
      Came one = came.get(at);
      boolean incomplete =
          !one.hasRow()
              && expected.withheld().isEmpty()
              && at + 1 < came.size()
              && came.get(at + 1).timeMicros() == expected.time();
      return one.timeMicros() < expected.time()
          || (one.timeMicros() == expected.time() && incomplete);
    }

    private List<Came> came() {
      Set<Long> times = new HashSet<>();
      vector.expected().forEach(one -> times.add(one.time()));
      List<Came> came =
          run.of(
              vector.readings(),
              vector.subject(),
              time -> vector.complete() || times.contains(time));
      if (came.size() > run.limit()) {
        found.add(new Deviation.TooMany(at(came.getLast().timeMicros()), run.limit()));
      }
      return came;
    }

    private void unlisted(Came one) {
      if (vector.complete() && one.hasRow()) {
        found.add(new Deviation.UnexpectedRow(at(one.timeMicros())));
      }
    }

    private void compare(Expectation expected, Optional<Came> came) {
      Place place = at(expected.time());
      Optional<Withheld> why = came.flatMap(Came::withheld);
      boolean row = came.isPresent() && came.get().hasRow();
      if (expected.withheld().isPresent()) {
        if (row) {
          found.add(new Deviation.UnexpectedRow(place));
        } else if (!why.equals(expected.withheld())) {
          found.add(new Deviation.WrongReason(place, expected.withheld().get(), why));
        }
      } else if (row) {
        score(place, expected, came.get());
      } else {
        found.add(new Deviation.NoRow(place, why));
      }
    }

    private void score(Place place, Expectation expected, Came came) {
      if (came.quality() != expected.quality()) {
        found.add(new Deviation.WrongQuality(place, expected.quality(), came.quality()));
      }
      found.rows++;
      float[] scores;
      try {
        scores = model.score(came.row());
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        found.add(new Deviation.Failed(place, "interrupted"));
        return;
      } catch (Exception failed) {
        found.add(new Deviation.Failed(place, String.valueOf(failed)));
        return;
      }
      compare(place, expected.scores(), scores);
    }

    private void compare(Place place, List<Double> expected, float[] scores) {
      if (scores.length != expected.size()) {
        found.add(new Deviation.WrongLength(place, expected.size(), scores.length));
        return;
      }
      for (int i = 0; i < scores.length; i++) {
        double allowed = vector.allowed(expected.get(i), toleranceFactor);
        // Written so that no number compares well with NaN.
        boolean near = Math.abs(scores[i] - expected.get(i)) <= allowed;
        if (!near || !Float.isFinite(scores[i])) {
          Output output = manifest.outputs().get(i);
          found.add(
              new Deviation.WrongScore(place, output.name(), expected.get(i), scores[i], allowed));
        }
      }
    }

    private Place at(long timeMicros) {
      return new Place(vector.name(), timeMicros);
    }
  }
}
