package io.edgeflow.cloud.query;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is known before the first point is read.
 *
 * @param facts by edge; empty if nobody asks for what needs them
 * @param senders the edge that sends a series, by its id: it may be called otherwise
 * @param parts of the time, by source
 * @param visible of series that are more, or less, than what one source sends
 */
record DataHead(
    List<SeriesRow> series,
    List<String> unknown,
    Source.Kept kept,
    List<Source.Part> parts,
    Map<Integer, Visible> visible,
    Map<String, EdgeFacts> facts,
    Map<Integer, String> senders,
    List<EventsHandler.Event> annotations) {
  static final DataHead NONE =
      new DataHead(
          List.of(),
          List.of(),
          Source.Kept.ALL,
          List.of(),
          Map.of(),
          Map.of(),
          Map.of(),
          List.of());

  /**
   * @throws io.edgeflow.process.http.HttpRefusal 400, if it would be too much
   */
  static List<SeriesRow> series(Connection connection, DataQuestion question) throws SQLException {
    List<SeriesRow> series =
        SeriesQuery.all(connection, question.patterns(), DataQuestion.MAX_SERIES);
    question.requireFewPoints(series.size());
    return series;
  }

  static DataHead read(
      Connection connection,
      DataQuestion question,
      List<SeriesRow> series,
      Map<Integer, Visible> visible)
      throws SQLException {
    Span span = question.span().onHours();
    Source fitting = Source.fitting(question.grid(), span, question.columns());
    boolean wantsFacts = question.gaps() || Column.wantTimes(question.columns());
    Source.Kept kept = Source.Kept.read(connection);
    Map<Integer, String> senders =
        wantsFacts ? EdgeFactsQuery.senders(connection, series) : Map.of();
    return new DataHead(
        series,
        SeriesPattern.unknown(question.patterns(), series),
        kept,
        Source.parts(fitting, span, kept),
        visible,
        wantsFacts ? EdgeFactsQuery.read(connection, Set.copyOf(senders.values()), span) : Map.of(),
        senders,
        question.annotations()
            ? AnnotationQuery.read(connection, series, question.span())
            : List.of());
  }

  /** The same of some series each, about as many in each. */
  List<DataHead> shares(int most) {
    int size = Math.max(1, Math.ceilDiv(series.size(), most));
    List<DataHead> shares = new ArrayList<>();
    for (int from = 0; from < series.size(); from += size) {
      List<SeriesRow> some = series.subList(from, Math.min(series.size(), from + size));
      shares.add(new DataHead(some, unknown, kept, parts, visible, facts, senders, annotations));
    }
    return shares;
  }

  EdgeFacts facts(SeriesRow row) {
    EdgeFacts known = facts.get(senders.getOrDefault(row.id(), row.edge()));
    return known == null ? new EdgeFacts(Long.MAX_VALUE) : known;
  }
}
