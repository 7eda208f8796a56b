package io.edgeflow.lab.torn;

import io.edgeflow.gateway.recorder.StoredRecord;
import io.edgeflow.wire.frame.EventRow;
import java.util.ArrayList;
import java.util.List;

/**
 * Holds what an edge said of its damage against what is damaged. What a start cannot know is told
 * apart: a journal that ends at the end of a record looks like one whose process was killed there.
 */
final class Naming {
  private final Layout layout;

  Naming(Layout layout) {
    this.layout = layout;
  }

  /** Everything that is wrong with what came of a wound; empty if nothing is. */
  List<String> faults(Wound wound, Trial.Outcome outcome) {
    List<String> faults = new ArrayList<>(outcome.faults());
    if (outcome.doubled() > 0) {
      faults.add(outcome.doubled() + " readings are counted twice");
    }
    if (isUnknowable(wound) || cannotBeCounted(wound, outcome)) {
      return faults;
    }
    long named = outcome.said().stream().mapToLong(this::readings).sum();
    named += outcome.conflictReadings();
    if (outcome.missing() > named) {
      faults.add("%d readings are missing, %d are named".formatted(outcome.missing(), named));
    }
    if (!layout.isSegment(wound.file()) && outcome.missing() != named) {
      faults.add("%d readings are missing, %d are named".formatted(outcome.missing(), named));
    }
    records(wound, outcome, faults);
    return faults;
  }

  /** The end of the last file is gone, and no record is torn in two. */
  boolean isUnknowable(Wound wound) {
    return wound.cuts() && layout.isLast(wound.file()) && !layout.isInside(wound);
  }

  /** Only that something is gone can be known, and a part of what. */
  private boolean cannotBeCounted(Wound wound, Trial.Outcome outcome) {
    boolean everything = layout.isAhead(wound.file(), wound.offset());
    boolean end = wound.cuts() && layout.isLast(wound.file());
    boolean tail = outcome.said().stream().anyMatch(e -> e.type().equals("journal-tail-torn"));
    return !outcome.said().isEmpty() && (everything || end || tail);
  }

  /** No more and no fewer records may be called missing than have a damaged byte. */
  private void records(Wound wound, Trial.Outcome outcome, List<String> faults) {
    if (!layout.isSegment(wound.file()) || layout.isAhead(wound.file(), wound.offset())) {
      return;
    }
    long to = wound.cuts() ? Long.MAX_VALUE : wound.offset() + 1L;
    List<StoredRecord> touched = layout.touched(wound.file(), wound.offset(), to);
    long said =
        outcome.said().stream()
            .filter(event -> event.type().equals("journal-damaged"))
            .mapToLong(event -> number(event, "recordsMissing"))
            .sum();
    if (said != touched.size() && !(wound.cuts() && layout.isLast(wound.file()))) {
      faults.add("%d records are damaged, %d are named".formatted(touched.size(), said));
    }
  }

  private long readings(EventRow event) {
    return switch (event.type()) {
      case "journal-damaged" -> inStretch(event);
      case "journal-records-unfit", "frame-unreadable", "lost-frames-in-doubt" ->
          number(event, "readings");
      default -> 0;
    };
  }

  /** Between those bytes, and in what should follow them where the file ends. */
  private long inStretch(EventRow event) {
    long missing = number(event, "recordsMissing");
    List<StoredRecord> from =
        layout.touched(number(event, "segment"), number(event, "fromByte"), Long.MAX_VALUE);
    return Layout.readings(from.subList(0, (int) Math.min(from.size(), missing)));
  }

  private static long number(EventRow event, String fact) {
    return Long.parseLong(event.detail().getOrDefault(fact, "0"));
  }
}
