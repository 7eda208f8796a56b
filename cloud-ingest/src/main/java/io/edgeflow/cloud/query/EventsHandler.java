package io.edgeflow.cloud.query;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.edgeflow.cloud.store.AlarmDigest;
import io.edgeflow.process.http.Answer;
import io.edgeflow.process.http.Handler;
import io.edgeflow.process.http.Json;
import io.edgeflow.process.http.Request;
import io.edgeflow.wire.frame.EventSeverity;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** {@code GET /api/v1/events}: what happened, newest first. */
final class EventsHandler implements Handler {
  private static final int STANDARD = 100;
  private static final int MAX = 1_000;

  private static final String EVENTS =
      """
      select (extract(epoch from v.time) * 1000)::bigint, e.name, v.severity, v.type, v.series,
        v.message, v.detail::text, v.ledger_id || '-' || v.frame || '-' || v.row
      from event_stored v join edge e on e.id = v.edge_id
      where v.time >= %1$s and v.time < %1$s
        and (cardinality(?::text[]) = 0 or e.name = any(?::text[]))
        and (cardinality(?::text[]) = 0 or v.type like any(?::text[]))
        and v.severity = any(?::smallint[])
        and (cardinality(?::text[]) = 0 or e.name || '/' || v.series like any(?::text[]))
        and (? or v.digest is null)
        and (? = 0 or v.digest = ?)
      order by v.time desc, v.ledger_id desc, v.frame desc, v.row desc
      limit ?
      """
          .formatted("('epoch'::timestamptz + ? * interval '1 microsecond')");

  /** Their severity is that of the worst: a low one is a warning. */
  private static final String DIGESTS =
      """
      where opened >= %1$s and opened < %1$s
        and (cardinality(?::text[]) = 0 or edges && ?::text[])
        and (cardinality(?::text[]) = 0 or 'alarm-digest' like any(?::text[]))
        and case worst when 0 then 1 else 2 end = any(?::smallint[])
      order by opened desc, id desc
      limit ?
      """
          .formatted("('epoch'::timestamptz + ? * interval '1 microsecond')");

  private static final Pattern DIGEST = Pattern.compile("digest-(\\d{1,9})");

  private final Reads reads;
  private final InstantSource clock;

  EventsHandler(Reads reads, InstantSource clock) {
    this.reads = reads;
    this.clock = clock;
  }

  record Events(List<Event> events) {}

  /**
   * @param series with the edge's name, or empty
   * @param detail an object of texts
   */
  record Event(
      String id,
      long t,
      String edge,
      String severity,
      String type,
      String series,
      String message,
      @JsonRawValue String detail) {}

  /**
   * @param late each alarm that came too late, and no digests of them
   * @param digest only what is in this one; 0 for all
   */
  private record Filter(
      Span span,
      List<String> edges,
      List<String> types,
      List<Short> severities,
      List<String> series,
      boolean late,
      int digest,
      int limit) {}

  @Override
  public Answer answer(Request request) throws SQLException, Overload {
    var parameters =
        new Parameters(
            request, "edge", "type", "severity", "series", "late", "digest", "from", "to", "limit");
    int digest = digest(parameters);
    var filter =
        new Filter(
            TimeSpan.sinceEver(parameters, clock, ZoneOffset.UTC),
            parameters.texts("edge"),
            parameters.texts("type").stream().map(SeriesPattern::like).toList(),
            severities(parameters),
            series(request),
            parameters.flag("late") || digest > 0,
            digest,
            parameters.number("limit", STANDARD, 1, MAX));
    return Answer.json(new Events(reads.ask(connection -> answer(connection, filter))));
  }

  private static List<String> series(Request request) {
    return request.all("series").stream()
        .map(text -> SeriesPattern.like(SeriesPattern.parse("series", text).text()))
        .toList();
  }

  private static int digest(Parameters parameters) {
    String id = parameters.text("digest").orElse("");
    Matcher digest = DIGEST.matcher(id);
    if (!id.isEmpty() && !digest.matches()) {
      throw Parameters.wrong("digest", id, "must be the id of one, such as digest-3");
    }
    return id.isEmpty() ? 0 : Integer.parseInt(digest.group(1));
  }

  private static List<Event> answer(Connection connection, Filter filter) throws SQLException {
    List<Event> events = events(connection, filter);
    if (filter.late() || !filter.series().isEmpty()) {
      return events;
    }
    return Stream.concat(digests(connection, filter).stream(), events.stream())
        .sorted(Comparator.comparingLong(Event::t).reversed())
        .limit(filter.limit())
        .toList();
  }

  private static List<Event> digests(Connection connection, Filter filter) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(AlarmDigest.SELECT + DIGESTS)) {
      bind(select, connection, filter);
      select.setInt(8, filter.limit());
      return AlarmDigest.read(select).stream().map(EventsHandler::event).toList();
    }
  }

  private static Event event(AlarmDigest digest) {
    return new Event(
        digest.name(),
        digest.opened(),
        "",
        word(digest.severity()),
        AlarmDigest.TYPE,
        "",
        digest.message(),
        Json.text(digest.detail()));
  }

  private static List<Short> severities(Parameters parameters) {
    List<EventSeverity> all = List.of(EventSeverity.values());
    List<String> words = all.stream().map(EventsHandler::word).toList();
    List<String> asked = parameters.texts("severity");
    for (String word : asked) {
      if (!words.contains(word)) {
        throw Parameters.wrong("severity", word, "must be one of " + String.join(", ", words));
      }
    }
    return Arrays.stream(EventSeverity.values())
        .filter(severity -> asked.isEmpty() || asked.contains(word(severity)))
        .map(severity -> (short) severity.code())
        .toList();
  }

  private static List<Event> events(Connection connection, Filter filter) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(EVENTS)) {
      bind(select, connection, filter);
      select.setArray(8, connection.createArrayOf("text", filter.series().toArray()));
      select.setArray(9, connection.createArrayOf("text", filter.series().toArray()));
      select.setBoolean(10, filter.late());
      select.setInt(11, filter.digest());
      select.setInt(12, filter.digest());
      select.setInt(13, filter.limit());
      List<Event> found = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          found.add(event(rows));
        }
      }
      return found;
    }
  }

  /** The first seven. */
  private static void bind(PreparedStatement select, Connection connection, Filter filter)
      throws SQLException {
    select.setLong(1, filter.span().from());
    select.setLong(2, filter.span().to());
    for (int i = 0; i < 2; i++) {
      select.setArray(3 + i, connection.createArrayOf("text", filter.edges().toArray()));
      select.setArray(5 + i, connection.createArrayOf("text", filter.types().toArray()));
    }
    select.setArray(7, connection.createArrayOf("int2", filter.severities().toArray()));
  }

  static Event event(ResultSet row) throws SQLException {
    String edge = row.getString(2);
    String series = row.getString(5);
    return new Event(
        row.getString(8),
        row.getLong(1),
        edge,
        word(EventSeverity.ofCode(row.getInt(3)).orElse(EventSeverity.INFO)),
        row.getString(4),
        series.isEmpty() ? "" : edge + "/" + series,
        row.getString(6),
        row.getString(7));
  }

  private static String word(EventSeverity severity) {
    return severity.name().toLowerCase(Locale.ROOT);
  }
}
