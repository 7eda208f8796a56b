package io.edgeflow.gateway.recorder;

import io.edgeflow.gateway.space.SpaceFigures;
import io.edgeflow.wire.frame.EventRow;
import io.edgeflow.wire.frame.EventSeverity;
import io.edgeflow.wire.frame.Lane;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells people, in the log and on the event lane, what was done about space. Owned by the owner
 * thread.
 */
final class SpaceEvents {
  private static final Logger LOG = LoggerFactory.getLogger(SpaceEvents.class);

  /** Deleting what was delivered is everyday work: told once in a while, summed up. */
  private static final long DELETIONS_NANOS = 3_600_000_000_000L;

  private final Scribe scribe;
  private final Timekeeper time;
  private final SortedMap<String, Long> deletions = new TreeMap<>();
  private boolean toldDeletions;
  private long toldDeletionsAt;

  SpaceEvents(Scribe scribe, Timekeeper time) {
    this.scribe = scribe;
    this.time = time;
  }

  void deleted(int count, String what) {
    deletions.merge(what, (long) count, Long::sum);
  }

  /** There is room again. */
  void atRest() {
    boolean due = !toldDeletions || time.nanos() - toldDeletionsAt >= DELETIONS_NANOS;
    if (deletions.isEmpty() || !due) {
      return;
    }
    toldDeletions = true;
    toldDeletionsAt = time.nanos();
    SortedMap<String, String> detail = new TreeMap<>();
    deletions.forEach((what, count) -> detail.put(what, Long.toString(count)));
    deletions.clear();
    tell(
        EventSeverity.INFO,
        "space-reclaimed",
        "what was delivered, and old raw readings, made room",
        detail);
  }

  void sealed(FrameSums sums, int files, String from) {
    SortedMap<String, String> detail = sums.detail();
    detail.put("files", Integer.toString(files));
    tell(
        EventSeverity.INFO,
        "backlog-sealed",
        "frames that wait for the cloud moved out of " + from + " into files of their own",
        detail);
  }

  void coarsened(FrameSums originals, long coarseFrames, long coarseBytes) {
    SortedMap<String, String> detail = originals.detail();
    detail.put("coarseFrames", Long.toString(coarseFrames));
    detail.put("coarseBytes", Long.toString(coarseBytes));
    tell(
        EventSeverity.WARNING,
        "windows-coarsened",
        "there is little room: old windows lost resolution, and no reading",
        detail);
  }

  void dropped(Lane lane, FrameSums sums, String numbers) {
    SortedMap<String, String> detail = sums.detail();
    detail.put("numbers", numbers);
    switch (lane) {
      case RAW ->
          tell(
              EventSeverity.WARNING,
              "raw-dropped",
              "there is little room: old single readings were given up; their windows were not",
              detail);
      case WINDOW ->
          tell(
              EventSeverity.ALARM,
              "windows-dropped",
              "there is no room left: the oldest windows were given up",
              detail);
      case EVENT ->
          tell(
              EventSeverity.ALARM,
              "events-dropped",
              "there is no room left: the oldest events were given up",
              detail);
    }
  }

  void unreadable(Lane lane, FrameSums sums, String numbers) {
    SortedMap<String, String> detail = sums.detail();
    detail.put("lane", lane.word());
    detail.put("numbers", numbers);
    tell(
        EventSeverity.ALARM,
        "frame-unreadable",
        "frames that waited for the cloud cannot be read any more: they count as dropped",
        detail);
  }

  void room(SpaceFigures figures) {
    SortedMap<String, String> detail = new TreeMap<>();
    detail.put("bytes", Long.toString(figures.bytes()));
    detail.put("maxBytes", Long.toString(figures.budget()));
    detail.put("usableBytes", Long.toString(figures.usable()));
    detail.put("freeSpaceFloor", Long.toString(figures.floor()));
    if (figures.room()) {
      tell(EventSeverity.INFO, "room-again", "there is room again: readings are taken", detail);
    } else {
      tell(
          EventSeverity.ALARM,
          "no-room",
          "there is no room, and nothing left to give up: readings are not acknowledged",
          detail);
    }
  }

  /** Every start and every checkpoint needs a minimum: else the gateway would stop for it. */
  void smallBudget(RecorderSettings settings, WorkingRoom working, int series) {
    long leastBytes = Math.max(working.leastBudget(), settings.maxBytes());
    SortedMap<String, String> detail = new TreeMap<>();
    detail.put("maxBytes", Long.toString(settings.maxBytes()));
    detail.put("leastBytes", Long.toString(leastBytes));
    detail.put("checkpointBytes", Long.toString(working.checkpointBytes()));
    detail.put("series", Integer.toString(series));
    detail.put("newSeries", working.refusedSeries() ? "refused" : "taken");
    tell(
        EventSeverity.WARNING,
        "budget-small",
        ("buffer.maxBytes is too small: what is remembered of %d series takes %d KiB in each"
                + " checkpoint, and the budget must hold %d of these and the reserve, more than %d"
                + " MiB; %s")
            .formatted(
                series,
                working.checkpointBytes() >> 10,
                WorkingRoom.CHECKPOINTS_IN_BUDGET,
                leastBytes >> 20,
                working.refusedSeries()
                    ? "new series are refused until it is raised"
                    : "with less, readings may have to wait for the cloud"),
        detail);
  }

  private void tell(
      EventSeverity severity, String type, String message, SortedMap<String, String> detail) {
    if (severity == EventSeverity.INFO) {
      LOG.info("{}: {}", type, detail);
    } else {
      LOG.warn("{}: {}: {}", type, message, detail);
    }
    scribe.event(new EventRow(time.presentMicros(), severity, type, "", message, detail));
  }
}
