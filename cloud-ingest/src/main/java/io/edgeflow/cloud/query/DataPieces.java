package io.edgeflow.cloud.query;

import io.edgeflow.aggregator.reading.Kind;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the points of an answer piece by piece, each of a bounded size: some series, or some time
 * of one. Each piece may be read in a transaction of its own. Not thread-safe.
 */
final class DataPieces {
  /** Of all series of a piece. */
  static final int POINTS = 10_000;

  /** Rows that are read to make the points of a piece. */
  private static final long ROWS = 500_000;

  private static final long HOUR = 3_600_000_000L;
  private static final long MINUTE = 60_000_000L;

  /** Where the last reading of a counter before the first point is looked for. */
  private static final long BEFORE = 48 * HOUR;

  /**
   * @param after of the one series, whose runs are too many for one piece
   */
  private record Piece(List<SeriesRow> series, Span span, RunQuery.@Nullable Key after) {}

  private final DataQuestion question;
  private final DataHead head;
  private final Form form;
  private final Span whole;
  private final Deque<Piece> pieces = new ArrayDeque<>();
  private final Map<Integer, Line> lines = new LinkedHashMap<>();
  private final Set<Integer> started = new HashSet<>();

  DataPieces(DataQuestion question, DataHead head, Form form) {
    this.question = question;
    this.head = head;
    this.form = form;
    this.whole =
        new Span(head.parts().getFirst().span().from(), head.parts().getLast().span().to());
    int group = Math.clamp(POINTS / cost(), 1, Math.max(1, head.series().size()));
    for (int from = 0; from < head.series().size(); from += group) {
      List<SeriesRow> some =
          head.series().subList(from, Math.min(head.series().size(), from + group));
      if (some.size() == 1 && some.getFirst().kind().windowed()) {
        cut(some);
      } else {
        pieces.add(new Piece(some, whole, null));
      }
    }
  }

  /** Points of a series, or the work of reading that many. */
  private long cost() {
    Source coarsest = head.parts().getLast().source();
    long row = coarsest == Source.WINDOWS ? MINUTE : coarsest.length();
    return Math.max(question.pointsPerSeries(), whole.length() / row * POINTS / ROWS + 1);
  }

  private void cut(List<SeriesRow> one) {
    // Whole hours, so that windows, and whole stretches, so that points lie within.
    long stretch = Math.max(HOUR, question.step().micros());
    long stretches = Math.max(1, whole.length() * POINTS / cost() / stretch);
    for (long from = whole.from(); from < whole.to(); from += stretch * stretches) {
      long to = Math.min(whole.to(), from + stretch * stretches);
      pieces.add(new Piece(one, new Span(from, to), null));
    }
  }

  boolean hasNext() {
    return !pieces.isEmpty();
  }

  /** Writes the next piece. */
  void next(Connection connection) throws SQLException {
    Piece piece = pieces.remove();
    WindowQuery.planEach(connection);
    open(connection, piece);
    boolean whole = readRuns(connection, piece);
    if (whole) {
      readWindows(connection, piece);
      write(piece);
    }
  }

  private void open(Connection connection, Piece piece) throws SQLException {
    List<NumbersLine> counters = new ArrayList<>();
    for (SeriesRow row : piece.series()) {
      if (!lines.containsKey(row.id())) {
        Line line = line(row);
        lines.put(row.id(), line);
        if (line instanceof NumbersLine numbers && numbers.wantsIncrease()) {
          counters.add(numbers);
        }
      }
    }
    readBefore(connection, counters);
  }

  private Line line(SeriesRow row) {
    EdgeFacts facts = head.facts(row);
    List<Visible.Invalid> invalid = invalid(row);
    if (row.kind().windowed()) {
      Optional<GapFinder> finder =
          question.gaps()
              ? Optional.of(new GapFinder(row, question, new GapReasons(facts, row, invalid)))
              : Optional.empty();
      return new NumbersLine(row, question, finder, invalid);
    }
    List<Gap> gaps = question.gaps() ? silence(row, facts) : List.of();
    return Column.wantTimes(question.columns())
        ? new TimesLine(
            row, question, Math.min(question.now(), facts.offlineSince()), gaps, invalid)
        : new RunsLine(row, gaps, invalid);
  }

  private List<Visible.Invalid> invalid(SeriesRow row) {
    Visible visible = head.visible().get(row.id());
    return visible == null ? List.of() : visible.invalid();
  }

  /** A state holds until the next one; it is not known only while the edge is away. */
  private List<Gap> silence(SeriesRow row, EdgeFacts facts) {
    long from = Math.max(question.span().from(), facts.offlineSince());
    long to = GapFinder.end(question);
    // States have no windows that a mark leaves out in part.
    return from < to ? new GapReasons(facts, row, invalid(row)).of(from, to, 0) : List.of();
  }

  private void readBefore(Connection connection, List<NumbersLine> counters) throws SQLException {
    var grid = new Grid.Even(24 * HOUR);
    Set<Column> last = EnumSet.of(Column.LAST);
    Source source = head.parts().getFirst().source();
    var span = new Span(Math.max(0, whole.from() - BEFORE), whole.from());
    for (NumbersLine line : counters) {
      Visible visible = head.visible().get(line.series().id());
      if (visible == null) {
        List<Integer> id = List.of(line.series().id());
        read(
            connection,
            new WindowQuery.Ask(source, id, span, grid, last),
            (_, slice) -> line.before(slice));
      } else {
        List<Source.Part> parts = List.of(new Source.Part(source, span));
        for (Visible.Reading one : visible.readings(parts, span, head.kept())) {
          read(
              connection,
              new WindowQuery.Ask(one.from(), List.of(one.source()), one.span(), grid, last),
              (_, slice) -> line.before(slice));
        }
      }
    }
  }

  private static void read(Connection connection, WindowQuery.Ask ask, WindowQuery.Sink sink)
      throws SQLException {
    if (ask.span().length() > 0) {
      WindowQuery.read(connection, ask, sink);
    }
  }

  private void readWindows(Connection connection, Piece piece) throws SQLException {
    for (int id : ids(piece, true)) {
      Visible visible = head.visible().get(id);
      if (visible != null && lines.get(id) instanceof NumbersLine line) {
        slices(connection, visible, piece.span(), question.grid(), question.columns())
            .forEach(line::add);
      }
    }
    readPlain(
        connection,
        piece,
        (id, slice) -> {
          if (lines.get(id) instanceof NumbersLine line) {
            line.add(slice);
          }
        });
  }

  /** Of series that are what one source sends. */
  private void readPlain(Connection connection, Piece piece, WindowQuery.Sink sink)
      throws SQLException {
    List<Integer> plain =
        ids(piece, true).stream().filter(id -> !head.visible().containsKey(id)).toList();
    if (plain.isEmpty()) {
      return;
    }
    for (Source.Part part : head.parts()) {
      Span span = part.span().within(piece.span());
      for (WindowQuery.Ask ask : asks(connection, part.source(), plain, span)) {
        read(connection, ask, sink);
      }
    }
  }

  private List<WindowQuery.Ask> asks(
      Connection connection, Source source, List<Integer> series, Span span) throws SQLException {
    var ask = new WindowQuery.Ask(source, series, span, question.grid(), question.columns());
    return span.length() > 0 ? Settled.cut(connection, ask, head.kept()) : List.of();
  }

  /** Of a series that is made of several, in order. */
  private List<Slice> slices(
      Connection connection, Visible visible, Span span, Grid grid, Set<Column> columns)
      throws SQLException {
    List<Slice> slices = new ArrayList<>();
    for (Visible.Reading one : visible.readings(head.parts(), span, head.kept())) {
      read(
          connection,
          new WindowQuery.Ask(one.from(), List.of(one.source()), one.span(), grid, columns),
          (_, slice) -> slices.add(slice));
    }
    slices.sort(Comparator.comparingLong(Slice::start));
    return slices;
  }

  /** False if there are more runs than a piece may have: smaller ones are to be read then. */
  private boolean readRuns(Connection connection, Piece piece) throws SQLException {
    Map<Boolean, List<Integer>> ids =
        ids(piece, false).stream()
            .collect(Collectors.partitioningBy(id -> head.visible().containsKey(id)));
    List<Integer> plain = ids.getOrDefault(false, List.of());
    if (!plain.isEmpty() && !readRuns(connection, piece, plain)) {
      return false;
    }
    for (int id : ids.getOrDefault(true, List.of())) {
      Visible visible = head.visible().get(id);
      if (visible != null) {
        Line line = lines.get(id);
        VisibleRuns.read(connection, visible, question).forEach(run -> add(line, run));
      }
    }
    return true;
  }

  private boolean readRuns(Connection connection, Piece piece, List<Integer> ids)
      throws SQLException {
    List<Runner> read = new ArrayList<>();
    RunQuery.Sink sink = (id, run) -> read.add(new Runner(id, run));
    RunQuery.Key after = piece.after();
    Optional<RunQuery.Key> more =
        after == null
            ? RunQuery.read(connection, ids, question.span(), POINTS, sink)
            : RunQuery.read(connection, ids.getFirst(), question.span(), after, POINTS, sink);
    if (more.isPresent() && piece.series().size() > 1) {
      for (SeriesRow row : piece.series().reversed()) {
        pieces.push(new Piece(List.of(row), piece.span(), null));
      }
      return false;
    }
    read.forEach(runner -> add(lines.get(runner.id()), runner.run()));
    more.ifPresent(key -> pieces.push(new Piece(piece.series(), piece.span(), key)));
    return true;
  }

  private record Runner(int id, Point.Run run) {}

  private static void add(@Nullable Line line, Point.Run run) {
    switch (line) {
      case RunsLine runs -> runs.add(run);
      case TimesLine times -> times.add(run);
      case NumbersLine _ -> throw new IllegalStateException("runs of numbers");
      case null -> throw new IllegalStateException("runs of nobody");
    }
  }

  /** Series by series; of one whose next piece follows, what is complete. */
  private void write(Piece piece) {
    Piece following = pieces.peek();
    for (SeriesRow row : piece.series()) {
      Line line = lines.get(row.id());
      if (line == null) {
        throw new IllegalStateException("no line of " + row.path());
      }
      if (!started.contains(row.id())) {
        form.series(row);
        started.add(row.id());
      }
      if (following != null && following.series().equals(piece.series())) {
        line.flush(form);
      } else {
        line.end(form);
        lines.remove(row.id());
        started.remove(row.id());
      }
    }
  }

  private static List<Integer> ids(Piece piece, boolean windowed) {
    return piece.series().stream()
        .filter(row -> Kind.ofCode(row.kindCode()).windowed() == windowed)
        .map(SeriesRow::id)
        .toList();
  }
}
