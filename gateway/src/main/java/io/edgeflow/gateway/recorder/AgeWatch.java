package io.edgeflow.gateway.recorder;

import io.edgeflow.gateway.backlog.FileInfo;
import io.edgeflow.gateway.journal.SegmentInfo;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Lets the {@link Ages} go on while the edge runs. Owned by the owner thread. */
final class AgeWatch {
  /**
   * Flash wears: a start that goes on from so long ago keeps what was delivered that much longer.
   */
  private static final long PERSIST_MICROS = TimeUnit.MINUTES.toMicros(10);

  private final EdgeState state;
  private final Scribe scribe;
  private final Timekeeper time;
  private final long keepMicros;
  private final long startUptimeMicros;
  private final long startNanos;

  AgeWatch(EdgeState state, Scribe scribe, Timekeeper time, Duration keep) {
    this.state = state;
    this.scribe = scribe;
    this.time = time;
    this.keepMicros = TimeUnit.NANOSECONDS.toMicros(keep.toNanos());
    this.startUptimeMicros = state.ages.uptimeMicros();
    this.startNanos = time.nanos();
  }

  private long uptimeMicros() {
    return startUptimeMicros + TimeUnit.NANOSECONDS.toMicros(time.nanos() - startNanos);
  }

  /** Journals what is seen for the first time, and now and then how long the edge ran. */
  void look(SpaceSurvey survey) {
    Set<Ages.Home> there = homes(survey);
    state.ages.keepOnly(there);
    List<Ages.Home> fresh =
        there.stream().filter(home -> state.ages.since(home).isEmpty()).toList();
    boolean due = !there.isEmpty() && uptimeMicros() - state.ages.uptimeMicros() >= PERSIST_MICROS;
    if (!fresh.isEmpty() || due) {
      scribe.seen(uptimeMicros(), fresh);
    }
  }

  private static Set<Ages.Home> homes(SpaceSurvey survey) {
    Set<Ages.Home> homes = new HashSet<>();
    for (SegmentInfo segment : survey.segments()) {
      if (segment.closed()) {
        homes.add(new Ages.Home.Segment(segment.id()));
      }
    }
    for (FileInfo file : survey.files()) {
      homes.add(new Ages.Home.Sealed(file.id()));
    }
    return homes;
  }

  /** Past {@code buffer.keepDelivered}. */
  boolean isOld(Ages.Home home) {
    OptionalLong since = state.ages.since(home);
    return since.isPresent() && uptimeMicros() - since.getAsLong() > keepMicros;
  }
}
