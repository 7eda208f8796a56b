package io.edgeflow.inference.prepare;

import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.inference.bundle.GapRule;
import io.edgeflow.inference.bundle.Input;
import io.edgeflow.inference.bundle.Manifest;
import io.edgeflow.inference.bundle.QualityRule;
import io.edgeflow.inference.bundle.Resampling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the rows of a grid must be, said as plainly as possible: every grid time looks through all
 * readings. Only for readings in order of time.
 */
final class NaiveGrid {
  private final Manifest manifest;
  private final List<Reading> readings = new ArrayList<>();
  private final long period;
  private final long maxGap;

  NaiveGrid(Manifest manifest, List<Reading> arrived) {
    this.manifest = manifest;
    this.period = manifest.preparation().resampling().periodMicros();
    this.maxGap = manifest.preparation().gap().maxGapMicros();
    var newest = new TreeMap<Integer, Long>();
    for (Reading one : arrived) {
      if (treatment(one) != QualityRule.Treatment.SKIP
          && one.timeMicros() > newest.getOrDefault(one.index(), Long.MIN_VALUE)) {
        newest.put(one.index(), one.timeMicros());
        readings.add(one);
      }
    }
  }

  /** The time of the newest reading that is not skipped. */
  long newest() {
    return readings.getLast().timeMicros();
  }

  /** The rows, like {@link Said#rows()}, of all grid times that are past. */
  List<String> rows() {
    var said = new Said();
    int series = manifest.input().selectors().size();
    int length = manifest.input().rowLength() / series;
    List<Sample[]> unbroken = new ArrayList<>();
    long last = readings.getLast().timeMicros();
    for (long t = Math.ceilDiv(readings.getFirst().timeMicros(), period) * period;
        t <= last;
        t += period) {
      Sample[] now = samples(t, series);
      if (now == null) {
        unbroken.clear();
        continue;
      }
      unbroken.add(now);
      if (unbroken.size() > length) {
        unbroken.removeFirst();
      }
      if (unbroken.size() == length && Math.floorMod(t / period, stride()) == 0) {
        say(t, unbroken, said);
      }
    }
    return said.rows();
  }

  private int stride() {
    return manifest.input() instanceof Input.SlidingWindow window ? window.stride() : 1;
  }

  private static void say(long t, List<Sample[]> unbroken, Said said) {
    float[] row = new float[unbroken.size() * unbroken.getFirst().length];
    int at = 0;
    int filled = 0;
    Quality worst = Quality.GOOD;
    for (Sample sample : unbroken.stream().flatMap(Arrays::stream).toList()) {
      row[at++] = (float) sample.value();
      filled += sample.filled() ? 1 : 0;
      worst = worse(worst, sample.quality());
    }
    said.row(t, row, worst, filled);
  }

  private Sample @Nullable [] samples(long t, int series) {
    Sample[] samples = new Sample[series];
    for (int i = 0; i < series; i++) {
      Sample sample = sample(t, i);
      if (sample == null) {
        return null;
      }
      samples[i] = sample;
    }
    return samples;
  }

  private @Nullable Sample sample(long t, int series) {
    List<Reading> known = readings.stream().filter(one -> one.index() == series).toList();
    List<Reading> inside = known.stream().filter(one -> inside(one, t)).toList();
    if (inside.stream().anyMatch(one -> treatment(one) == QualityRule.Treatment.REFUSE)) {
      return null;
    }
    List<Reading> before = known.stream().filter(one -> one.timeMicros() <= t).toList();
    if (before.isEmpty() || treatment(before.getLast()) == QualityRule.Treatment.REFUSE) {
      return null;
    }
    return inside.isEmpty() ? filled(t, series, known) : made(t, inside, known);
  }

  private Sample made(long t, List<Reading> inside, List<Reading> known) {
    Reading last = inside.getLast();
    return switch (manifest.preparation().resampling().method()) {
      case MEAN -> {
        double sum = 0;
        Quality worst = Quality.GOOD;
        for (Reading one : inside) {
          sum += one.value();
          worst = worse(worst, one.quality());
        }
        yield new Sample(sum / inside.size(), worst, false);
      }
      case LINEAR -> {
        Sample line = last.timeMicros() == t ? null : line(t, last, known, false);
        yield line == null ? new Sample(last.value(), last.quality(), false) : line;
      }
      case LAST, NONE -> new Sample(last.value(), last.quality(), false);
    };
  }

  private @Nullable Sample filled(long t, int series, List<Reading> known) {
    Reading last =
        known.stream()
            .filter(one -> one.timeMicros() <= t && treatment(one) == QualityRule.Treatment.USE)
            .reduce((a, b) -> b)
            .orElse(null);
    GapRule gap = manifest.preparation().gap();
    if (last == null || gap.fill() == GapRule.Fill.REFUSE) {
      return null;
    }
    if (gap.fill() == GapRule.Fill.INTERPOLATE) {
      return line(t, last, known, true);
    }
    if (t - last.timeMicros() > maxGap) {
      return null;
    }
    boolean refusedWithIt =
        known.stream()
            .anyMatch(
                one ->
                    treatment(one) == QualityRule.Treatment.REFUSE
                        && inside(one, Math.ceilDiv(last.timeMicros(), period) * period));
    Sample before = sample(Math.ceilDiv(last.timeMicros(), period) * period, series);
    return refusedWithIt || before == null
        ? new Sample(last.value(), last.quality(), true)
        : new Sample(before.value(), before.quality(), true);
  }

  private @Nullable Sample line(long t, Reading last, List<Reading> known, boolean filled) {
    Reading next = known.stream().filter(one -> one.timeMicros() > t).findFirst().orElse(null);
    if (next == null
        || treatment(next) == QualityRule.Treatment.REFUSE
        || next.timeMicros() - last.timeMicros() > maxGap) {
      return null;
    }
    double share = (double) (t - last.timeMicros()) / (next.timeMicros() - last.timeMicros());
    return new Sample(
        last.value() + (next.value() - last.value()) * share,
        worse(last.quality(), next.quality()),
        filled);
  }

  private boolean inside(Reading one, long t) {
    return one.timeMicros() > t - period && one.timeMicros() <= t;
  }

  private QualityRule.Treatment treatment(Reading one) {
    return manifest.preparation().quality().of(one.quality());
  }

  private static Quality worse(Quality one, Quality other) {
    return one.code() > other.code() ? one : other;
  }

  /** Which methods know what they need of a series, whatever others do. */
  static boolean looksBackOnly(Manifest manifest) {
    return manifest.preparation().resampling().method() != Resampling.Method.LINEAR
        && manifest.preparation().gap().fill() != GapRule.Fill.INTERPOLATE;
  }

  private record Sample(double value, Quality quality, boolean filled) {}
}
