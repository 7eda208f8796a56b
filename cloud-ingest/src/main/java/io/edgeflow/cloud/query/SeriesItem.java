package io.edgeflow.cloud.query;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.edgeflow.process.http.HttpRefusal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A series as it is answered.
 *
 * @param edgeUnit what the edge says, where people say otherwise
 * @param labels a JSON object of texts
 * @param sources what edges send for it, where that is not its name alone
 */
public record SeriesItem(
    String name,
    String edge,
    String kind,
    String unit,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String edgeUnit,
    String description,
    @JsonRawValue String labels,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Source> sources,
    long firstSeen,
    long lastSeen) {

  /** What one edge sends; times are null where it is not cut there. */
  public record Source(
      String name,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long from,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long to) {}

  /** The one that a name of now or of the past finds; 404 where there is none. */
  public static SeriesItem called(Connection connection, String name) throws SQLException {
    List<SeriesRow> found = SeriesQuery.all(connection, List.of(new SeriesPattern(name)), 1);
    if (found.isEmpty()) {
      throw HttpRefusal.notFound("no series is or was called " + name);
    }
    return of(connection, found).getFirst();
  }

  static List<SeriesItem> of(Connection connection, List<SeriesRow> rows) throws SQLException {
    Map<Integer, SeriesDescriptions.Described> described =
        SeriesDescriptions.read(connection, rows.stream().map(SeriesRow::id).toList());
    List<SeriesItem> items = new ArrayList<>(rows.size());
    for (SeriesRow row : rows) {
      SeriesDescriptions.Described words = described.get(row.id());
      if (words != null) {
        items.add(item(row, words));
      }
    }
    return items;
  }

  private static SeriesItem item(SeriesRow row, SeriesDescriptions.Described words) {
    List<SeriesDescriptions.Source> sources = words.sources();
    boolean plain = sources.size() == 1 && sources.getFirst().name().equals(row.path());
    return new SeriesItem(
        row.path(),
        row.edge(),
        row.kindWord(),
        row.unit(),
        words.sourceUnit().equals(row.unit()) ? null : words.sourceUnit(),
        words.description(),
        words.labels(),
        plain ? List.of() : sources.stream().map(SeriesItem::source).toList(),
        row.firstSeen(),
        row.lastSeen());
  }

  private static Source source(SeriesDescriptions.Source source) {
    return new Source(source.name(), orNull(source.from()), orNull(source.to()));
  }

  private static @Nullable Long orNull(OptionalLong millis) {
    return millis.isPresent() ? millis.getAsLong() : null;
  }
}
