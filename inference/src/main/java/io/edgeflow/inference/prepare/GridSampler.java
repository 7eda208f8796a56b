package io.edgeflow.inference.prepare;

import io.edgeflow.aggregator.reading.Quality;
import org.jspecify.annotations.Nullable;

/**
 * Samples on a grid. A grid time is decided when all series have come to it, or when one has passed
 * it by more than the lateness.
 */
final class GridSampler implements Sampler {
  private static final long NOT_BEGUN = Long.MIN_VALUE;

  private final SampleRule rule;
  private final Track[] tracks;
  private final Arrivals arrivals;
  private final ArrivalCounts counts;
  private final Rows rows;
  private final int stride;
  private final double[] sample;

  private long next = NOT_BEGUN;

  GridSampler(
      SampleRule rule, int series, int stride, Rows rows, Arrivals arrivals, ArrivalCounts counts) {
    this.rule = rule;
    this.stride = stride;
    this.rows = rows;
    this.arrivals = arrivals;
    this.counts = counts;
    this.tracks = new Track[series];
    for (int i = 0; i < series; i++) {
      tracks[i] = new Track(rule);
    }
    this.sample = new double[series * rule.width()];
  }

  @Override
  public void use(int series, long timeMicros, double value, Quality quality, RowSink sink) {
    long slot = rule.slot(timeMicros);
    if (isDecided(slot)) {
      counts.late++;
      tracks[series].useLate(timeMicros, value, quality);
      return;
    }
    tracks[series].expect(timeMicros, value, quality);
    decideBefore(slot, timeMicros, sink);
    tracks[series].use(slot, timeMicros, value, quality);
    decideComplete(sink);
  }

  @Override
  public void refuse(int series, long timeMicros, Withheld why, RowSink sink) {
    long slot = rule.slot(timeMicros);
    if (isDecided(slot)) {
      counts.late++;
      tracks[series].refuseLate(why);
      return;
    }
    decideBefore(slot, timeMicros, sink);
    tracks[series].refuse(slot, why);
    decideComplete(sink);
  }

  @Override
  public void clear() {
    next = NOT_BEGUN;
    rows.clear();
    for (Track track : tracks) {
      track.clear();
    }
  }

  private boolean isDecided(long slot) {
    if (next == NOT_BEGUN) {
      next = slot;
    }
    return slot < next;
  }

  /** Decides what waits no longer, now that one series has come to this time. */
  private void decideBefore(long slot, long timeMicros, RowSink sink) {
    long firstWaiting = Math.min(slot, rule.firstWaiting(timeMicros));
    while (next < firstWaiting) {
      if (allSilent(rule.time(next))) {
        // A long silence: its slots are all alike, and the last of them stands for all.
        next = firstWaiting - 1;
      }
      decide(sink);
    }
  }

  private boolean allSilent(long timeMicros) {
    for (Track track : tracks) {
      if (!track.silent(timeMicros)) {
        return false;
      }
    }
    return true;
  }

  private void decideComplete(RowSink sink) {
    while (allHaveComeTo(rule.time(next))) {
      decide(sink);
    }
  }

  private boolean allHaveComeTo(long timeMicros) {
    for (int series = 0; series < tracks.length; series++) {
      if (arrivals.newest(series) < timeMicros) {
        return false;
      }
    }
    return true;
  }

  private void decide(RowSink sink) {
    long slot = next++;
    @Nullable Withheld why = null;
    int quality = 0;
    int filled = 0;
    for (int series = 0; series < tracks.length; series++) {
      Track track = tracks[series];
      Withheld lacks = track.decide(slot, sample, series * rule.width());
      if (lacks == null) {
        quality = Math.max(quality, track.sampleQuality());
        filled += track.sampleFilled() ? 1 : 0;
      }
      why = Withheld.graver(why, lacks);
    }
    boolean due = Math.floorMod(slot, stride) == 0;
    if (why == null) {
      rows.push(rule.time(slot), sample, Quality.ofCode(quality), filled, due, sink);
    } else {
      rows.miss(rule.time(slot), why, due, sink);
    }
  }
}
