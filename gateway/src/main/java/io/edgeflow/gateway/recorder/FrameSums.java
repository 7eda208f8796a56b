package io.edgeflow.gateway.recorder;

import io.edgeflow.gateway.outbox.HeldFrame;
import io.edgeflow.wire.frame.FrameId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Frames that one step concerns, summed up for people.
 *
 * @param fromMicros when the oldest was numbered
 * @param toMicros when the newest was numbered
 */
record FrameSums(long frames, long readings, long bytes, long fromMicros, long toMicros) {
  /** What fits into the detail of an event without doubt. */
  private static final int MOST_CHARS = 4000;

  static FrameSums of(List<HeldFrame> frames) {
    long readings = 0;
    long bytes = 0;
    long from = Long.MAX_VALUE;
    long to = Long.MIN_VALUE;
    for (HeldFrame frame : frames) {
      readings += frame.readings();
      bytes += frame.bytes();
      from = Math.min(from, frame.createdMicros());
      to = Math.max(to, frame.createdMicros());
    }
    return new FrameSums(frames.size(), readings, bytes, from, to);
  }

  SortedMap<String, String> detail() {
    SortedMap<String, String> detail = new TreeMap<>();
    detail.put("frames", Long.toString(frames));
    detail.put("readings", Long.toString(readings));
    detail.put("bytes", Long.toString(bytes));
    if (frames > 0) {
      detail.put("from", time(fromMicros));
      detail.put("to", time(toMicros));
    }
    return detail;
  }

  private static String time(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString();
  }

  /** A stretch of numbers that follow each other. */
  record Run(FrameId first, long last) {
    @Override
    public String toString() {
      return first.number() == last ? "" + last : first.number() + "-" + last;
    }
  }

  /** Which numbers these are. They must be sorted by incarnation, lane and number. */
  static List<Run> runs(List<FrameId> sorted) {
    List<Run> runs = new ArrayList<>();
    FrameId first = null;
    FrameId last = null;
    for (FrameId id : sorted) {
      if (first != null && last != null && !follows(last, id)) {
        runs.add(new Run(first, last.number()));
        first = null;
      }
      first = first == null ? id : first;
      last = id;
    }
    if (first != null && last != null) {
      runs.add(new Run(first, last.number()));
    }
    return runs;
  }

  private static boolean follows(FrameId last, FrameId id) {
    return id.incarnation().equals(last.incarnation())
        && id.lane() == last.lane()
        && id.number() == last.number() + 1;
  }

  /** The numbers in words, as far as they fit. */
  static String numbers(List<Run> runs) {
    StringBuilder text = new StringBuilder();
    FrameId before = null;
    for (Run run : runs) {
      if (text.length() > MOST_CHARS) {
        return text + " and more";
      }
      if (before == null || !before.incarnation().equals(run.first.incarnation())) {
        text.append(text.isEmpty() ? "" : " ").append(run.first.incarnation()).append(':');
      } else {
        text.append(',');
      }
      text.append(run);
      before = run.first;
    }
    return text.toString();
  }
}
