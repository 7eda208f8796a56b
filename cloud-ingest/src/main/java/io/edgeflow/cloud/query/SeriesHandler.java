package io.edgeflow.cloud.query;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.edgeflow.process.http.Answer;
import io.edgeflow.process.http.Handler;
import io.edgeflow.process.http.Request;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code GET /api/v1/series}: the series that a pattern matches, in pages. */
final class SeriesHandler implements Handler {
  private static final int STANDARD = 500;
  private static final int MAX = 5_000;

  private final Reads reads;

  SeriesHandler(Reads reads) {
    this.reads = reads;
  }

  /**
   * @param total how many match, on all pages
   * @param next for {@code after}, if there is another page
   */
  record Page(
      long total,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String next,
      List<SeriesItem> series) {}

  @Override
  public Answer answer(Request request) throws SQLException, Overload {
    var parameters = new Parameters(request, "match", "label", "limit", "after");
    var pattern = SeriesPattern.parse("match", parameters.text("match").orElse("*"));
    var labels = LabelFilter.parse(request.all("label"));
    String after = parameters.text("after").orElse("");
    int limit = parameters.number("limit", STANDARD, 1, MAX);
    return Answer.json(reads.ask(connection -> page(connection, pattern, labels, after, limit)));
  }

  private static Page page(
      Connection connection, SeriesPattern pattern, LabelFilter labels, String after, int limit)
      throws SQLException {
    List<SeriesRow> found = SeriesQuery.page(connection, pattern, labels, after, limit + 1);
    List<SeriesRow> shown = found.size() > limit ? found.subList(0, limit) : found;
    boolean whole = after.isEmpty() && found.size() <= limit;
    return new Page(
        whole ? found.size() : SeriesQuery.count(connection, pattern, labels),
        found.size() > limit ? shown.getLast().path() : null,
        SeriesItem.of(connection, shown));
  }
}
