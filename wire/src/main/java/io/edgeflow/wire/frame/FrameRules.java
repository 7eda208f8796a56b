package io.edgeflow.wire.frame;

import io.edgeflow.aggregator.reading.Kind;
import io.edgeflow.aggregator.reading.SeriesName;
import io.edgeflow.aggregator.window.Window;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What must hold for every frame, whoever wrote it; the encoder and the decoder ask here.
 *
 * <ul>
 *   <li>The limits of {@link FrameLimits}; a valid name of the edge; valid and distinct names of
 *       series; times in the years 1 to 9999.
 *   <li>Each section in its lane: windows and changes in the window lane, raw rows in the raw lane,
 *       events in the event lane. Windows are of windowed kinds, changes of the others.
 *   <li>In the window lane {@code readings} is the sum of all counts, in the raw lane the number of
 *       rows, in the event lane anything; {@code runningTotal} is at least that.
 * </ul>
 */
public final class FrameRules {
  private FrameRules() {}

  /** The first fault found, in words that hold no payload; empty for a good frame. */
  public static Optional<String> fault(Frame frame) {
    try {
      header(frame);
      series(frame);
      windows(frame);
      changes(frame);
      raw(frame);
      frame.events().forEach(FrameRules::event);
      lane(frame);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private static void header(Frame frame) {
    require(EdgeName.isValid(frame.edge()), "the name of the edge is not valid");
    require(FrameLimits.isTime(frame.createdMicros()), "the creation time is out of range");
    require(frame.readings() >= 0, "the count of readings is below zero");
    require(frame.runningTotal() >= frame.readings(), "the running total is below the readings");
    require(frame.series().size() <= FrameLimits.MAX_SERIES, "too many series");
    require(rows(frame) <= FrameLimits.MAX_ROWS, "too many rows");
  }

  private static long rows(Frame frame) {
    return (long) frame.windows().size()
        + frame.changes().size()
        + frame.raw().size()
        + frame.events().size()
        + frame.replaces().size();
  }

  private static void series(Frame frame) {
    Set<String> names = new HashSet<>();
    for (SeriesEntry entry : frame.series()) {
      String fault = SeriesName.fault(entry.name());
      require(fault == null, "the name of a series " + fault);
      require(names.add(entry.name()), "a series is named twice");
      require(entry.unit().length() <= FrameLimits.MAX_UNIT_CHARS, "a unit is too long");
    }
  }

  private static void windows(Frame frame) {
    for (WindowRow row : frame.windows()) {
      require(kind(frame, row.series()).windowed(), "a window of a kind that has none");
      Window window = row.window();
      require(FrameLimits.isTime(window.startMicros()), "a window starts out of range");
      require(FrameLimits.isTime(window.lastMicros()), "a window ends out of range");
      require(Double.isFinite(Significant.round24(window.m2())), "an m2 is out of range");
    }
  }

  private static void changes(Frame frame) {
    for (ChangeRow row : frame.changes()) {
      require(!kind(frame, row.series()).windowed(), "a change of a kind that has windows");
      require(row.count() >= 1, "a change without readings");
      require(
          FrameLimits.isTime(row.firstMicros()) && FrameLimits.isTime(row.lastMicros()),
          "a time of a change is out of range");
      text(row.text());
    }
  }

  private static void raw(Frame frame) {
    for (RawRow row : frame.raw()) {
      kind(frame, row.series());
      require(FrameLimits.isTime(row.timeMicros()), "a time of a reading is out of range");
      text(row.text());
    }
  }

  private static void event(EventRow row) {
    require(FrameLimits.isTime(row.timeMicros()), "the time of an event is out of range");
    require(isWord(row.type()), "the type of an event is too long or empty");
    require(
        row.series().isEmpty() || SeriesName.fault(row.series()) == null,
        "the series of an event has no valid name");
    text(row.message());
    require(row.detail().size() <= FrameLimits.MAX_DETAILS, "an event with too many details");
    row.detail()
        .forEach(
            (key, value) -> {
              require(isWord(key), "the name of a detail is too long or empty");
              text(value);
            });
  }

  private static void lane(Frame frame) {
    Lane lane = frame.id().lane();
    boolean none = frame.windows().isEmpty() && frame.changes().isEmpty();
    require(lane == Lane.WINDOW || none, "windows or changes in another lane");
    require(lane == Lane.RAW || frame.raw().isEmpty(), "raw readings in another lane");
    require(lane == Lane.EVENT || frame.events().isEmpty(), "events in another lane");
    switch (lane) {
      case WINDOW -> require(frame.readings() == counts(frame), "readings are not the counts");
      case RAW -> require(frame.readings() == frame.raw().size(), "readings are not the rows");
      case EVENT -> {
        // Events carry no readings of their own; what a gap lost is told by the edge.
      }
    }
  }

  private static long counts(Frame frame) {
    long total = 0;
    for (WindowRow row : frame.windows()) {
      total = plus(total, row.window().count());
    }
    for (ChangeRow row : frame.changes()) {
      total = plus(total, row.count());
    }
    return total;
  }

  private static long plus(long total, long count) {
    require(count <= Long.MAX_VALUE - total, "the counts are too great");
    return total + count;
  }

  private static Kind kind(Frame frame, int series) {
    require(series >= 0 && series < frame.series().size(), "a row of a series that is not named");
    return frame.series().get(series).kind();
  }

  private static void text(@Nullable String text) {
    require(text == null || text.length() <= FrameLimits.MAX_TEXT_CHARS, "a text is too long");
  }

  private static boolean isWord(String word) {
    return !word.isEmpty() && word.length() <= FrameLimits.MAX_WORD_CHARS;
  }

  private static void require(boolean holds, String fault) {
    if (!holds) {
      throw new IllegalArgumentException(fault);
    }
  }
}
