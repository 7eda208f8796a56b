package io.edgeflow.cloud.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Why an edge's series has nothing in some time, as far as ledger and events tell. The words:
 *
 * <ul>
 *   <li>{@code invalid}: somebody marked it as wrong
 *   <li>{@code gap}: an event of the edge says so
 *   <li>{@code dropped}: the edge gave frames of that time up, for want of room
 *   <li>{@code no-room}: the edge took no readings, for want of room
 *   <li>{@code offline}: the edge is not connected; it may have all of it
 *   <li>{@code at-edge}: the edge has announced frames that are not here yet
 *   <li>{@code lost}, {@code refused}, {@code conflict}: so ended frames that came, or should have,
 *       about then
 *   <li>{@code restarted}: the gateway started at its end, so it did not run
 *   <li>{@code silent}: nobody knows of anything missing: no readings came
 * </ul>
 *
 * Beside these points without a value are {@code bad} or {@code stale}.
 */
record GapReasons(EdgeFacts facts, SeriesRow series, List<Visible.Invalid> invalid)
    implements GapFinder.Reasons {
  /** A window is numbered so long after it began; lengths of a minute are usual. */
  private static final long SLACK = 120_000_000L;

  /** What was marked is told apart from what lies beside it. */
  @Override
  public List<Gap> of(long from, long to, long window) {
    List<Gap> gaps = new ArrayList<>();
    long at = from;
    for (Visible.Invalid one : invalid) {
      if (one.from() < to && one.to() > at) {
        // A window that begins within a mark is left out whole: what is shorter is of the mark.
        long begin = one.from() - at < window ? at : one.from();
        long end = to - one.to() < window ? to : one.to();
        if (at < begin) {
          gaps.add(unmarked(at, begin));
        }
        gaps.add(gap(begin, end, "invalid", one.why()));
        at = end;
      }
    }
    if (at < to) {
      gaps.add(unmarked(at, to));
    }
    return gaps;
  }

  @Override
  public long since() {
    return invalid.isEmpty() ? Long.MAX_VALUE : invalid.getFirst().from();
  }

  private Gap unmarked(long from, long to) {
    return told(from, to)
        .or(() -> offline(from, to))
        .or(() -> atEdge(from, to))
        .or(() -> fate(from, to))
        .or(() -> restarted(from, to))
        .orElseGet(() -> gap(from, to, "silent", ""));
  }

  private static Gap gap(long from, long to, String reason, String detail) {
    return new Gap(from / 1000, to / 1000, reason, detail);
  }

  private Optional<Gap> told(long from, long to) {
    long noRoomSince = Long.MAX_VALUE;
    for (EdgeFacts.Told one : facts.told()) {
      switch (one.type()) {
        case "no-room" -> noRoomSince = Math.min(noRoomSince, one.at());
        case "room-again" -> {
          if (noRoomSince < to && one.at() > from) {
            return Optional.of(gap(from, to, "no-room", "the gateway had no room for readings"));
          }
          noRoomSince = Long.MAX_VALUE;
        }
        default -> {
          boolean mine = one.series().isEmpty() || one.series().equals(series.name());
          if (mine && one.from() - SLACK < to && one.to() + SLACK > from) {
            String word = one.type().equals("gap") ? "gap" : "dropped";
            return Optional.of(gap(from, to, word, one.message()));
          }
        }
      }
    }
    return noRoomSince < to
        ? Optional.of(gap(from, to, "no-room", "the gateway has no room for readings"))
        : Optional.empty();
  }

  private Optional<Gap> offline(long from, long to) {
    return facts.offlineSince() - SLACK < to && facts.offlineSince() != Long.MAX_VALUE
        ? Optional.of(gap(from, to, "offline", "the gateway is not connected"))
        : Optional.empty();
  }

  private Optional<Gap> atEdge(long from, long to) {
    return facts.starts().stream()
        .filter(start -> start.missing() > 0 && start.at() - SLACK < to)
        .findFirst()
        .map(start -> gap(from, to, "at-edge", start.missing() + " frames are still to come"));
  }

  private Optional<Gap> fate(long from, long to) {
    return facts.fates().stream()
        .filter(fate -> fate.after() - SLACK < to && fate.recorded() + SLACK > from)
        .findFirst()
        .map(
            fate ->
                gap(
                    from,
                    to,
                    fate.fate(),
                    "%d frames%s"
                        .formatted(
                            fate.frames(), fate.reason().isEmpty() ? "" : ": " + fate.reason())));
  }

  private Optional<Gap> restarted(long from, long to) {
    return facts.starts().stream()
        .filter(start -> start.at() > from && start.at() < to + SLACK)
        .findFirst()
        .map(_ -> gap(from, to, "restarted", "the gateway started at the end of it"));
  }
}
