package io.edgeflow.cloud.history;

import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.cloud.files.CsvText;
import io.edgeflow.cloud.query.Parameters;
import io.edgeflow.cloud.query.ShownSeries;
import io.edgeflow.wire.frame.Significant;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One page of rows as CSV, by series, part and key. Belongs to one connection.
 *
 * <p>The spread of a window is written with the 24 bits that frames carry of it, so that what comes
 * in again is what went out.
 */
final class ExportQuery {
  /**
   * Behind which row a page begins.
   *
   * @param part the row's series as it is stored
   */
  record Place(String path, int part, long time, long length, int ledger, long frame, int row) {
    private static final Pattern FORM =
        Pattern.compile("(\\d+)\\.(-?\\d+)\\.(\\d+)\\.(\\d+)\\.(\\d+)\\.(\\d+)\\.(.+)");

    static Place parse(String text) {
      Matcher form = FORM.matcher(text);
      try {
        if (form.matches()) {
          return new Place(
              form.group(7),
              Integer.parseInt(form.group(1)),
              Long.parseLong(form.group(2)),
              Long.parseLong(form.group(3)),
              Integer.parseInt(form.group(4)),
              Long.parseLong(form.group(5)),
              Integer.parseInt(form.group(6)));
        }
      } catch (NumberFormatException tooLong) {
        // Refused below.
      }
      throw Parameters.wrong("after", text, "must be edgeflow-next of the page before");
    }

    @Override
    public String toString() {
      return part + "." + time + "." + length + "." + ledger + "." + frame + "." + row + "." + path;
    }
  }

  private static final String MICROS = "('epoch'::timestamptz + ? * interval '1 microsecond')";

  private static final String WINDOWS =
      """
      select (extract(epoch from time) * 1000000)::bigint, length, count, uncertain, stale, bad,
        min, max, sum, m2, first, (extract(epoch from first_time) * 1000000)::bigint,
        last, (extract(epoch from last_time) * 1000000)::bigint
      from window_stored
      where series_id = ? and time >= %1$s and time < %1$s and (time > %1$s or length > ?)
      order by time, length limit ?
      """
          .formatted(MICROS);

  private static final String RUNS =
      """
      select (extract(epoch from time) * 1000000)::bigint, ledger_id, frame, row, number, text,
        quality, count, (extract(epoch from last_time) * 1000000)::bigint
      from state_stored
      where series_id = ? and time >= %1$s and time < %1$s
        and (time, ledger_id, frame, row) > (%1$s, ?, ?, ?)
      order by time, ledger_id, frame, row limit ?
      """
          .formatted(MICROS);

  private static final String READINGS =
      """
      select (extract(epoch from time) * 1000000)::bigint, ledger_id, frame, row, number, text,
        quality
      from raw_stored
      where series_id = ? and time >= %1$s and time < %1$s
        and (time, ledger_id, frame, row) > (%1$s, ?, ?, ?)
      order by time, ledger_id, frame, row limit ?
      """
          .formatted(MICROS);

  private static final long NEVER = -62_135_596_800_000_000L;

  private final Connection connection;
  private final boolean raw;
  private final long from;
  private final long to;
  private final CsvText text = new CsvText();
  private int left;
  private @Nullable Place last;

  ExportQuery(Connection connection, boolean raw, long from, long to, int limit) {
    this.connection = connection;
    this.raw = raw;
    this.from = from;
    this.to = to;
    this.left = limit;
  }

  /** Where the next page begins, if there is one. */
  Optional<Place> read(List<ShownSeries> series, Optional<Place> after) throws SQLException {
    text.line(raw ? CsvText.READINGS : CsvText.WINDOWS);
    for (ShownSeries one : series) {
      int order = after.map(place -> one.path().compareTo(place.path())).orElse(1);
      if (order >= 0 && !parts(one, order == 0 ? after : Optional.empty())) {
        return Optional.ofNullable(last);
      }
    }
    return Optional.empty();
  }

  String text() {
    return text.toString();
  }

  /** False where the page is full. */
  private boolean parts(ShownSeries series, Optional<Place> after) throws SQLException {
    boolean begun = after.isEmpty();
    for (ShownSeries.Part part : series.parts()) {
      boolean here = after.isPresent() && after.get().part() == part.id();
      if (begun || here) {
        rows(series, part, here ? after : Optional.empty());
        if (left == 0) {
          return false;
        }
        begun = true;
      }
    }
    return true;
  }

  private void rows(ShownSeries series, ShownSeries.Part part, Optional<Place> after)
      throws SQLException {
    Place behind = after.orElse(new Place(series.path(), part.id(), NEVER, -1, 0, 0, 0));
    boolean windows = !raw && series.kind().windowed();
    String query = raw ? READINGS : windows ? WINDOWS : RUNS;
    try (PreparedStatement select = connection.prepareStatement(query)) {
      // A key is asked by its beginning first, so that the index leads to it.
      select.setInt(1, part.id());
      select.setLong(2, Math.max(Math.max(from, part.from()), behind.time()));
      select.setLong(3, Math.min(to, part.to()));
      select.setLong(4, behind.time());
      if (windows) {
        select.setLong(5, behind.length());
        select.setInt(6, left);
      } else {
        select.setInt(5, behind.ledger());
        select.setLong(6, behind.frame());
        select.setInt(7, behind.row());
        select.setInt(8, left);
      }
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          left--;
          if (windows) {
            window(series, part, rows);
          } else {
            reading(series, part, rows);
          }
        }
      }
    }
  }

  private void window(ShownSeries series, ShownSeries.Part part, ResultSet row)
      throws SQLException {
    long time = row.getLong(1);
    long length = row.getLong(2);
    last = new Place(series.path(), part.id(), time, length, 0, 0, 0);
    text.text(series.path()).word(series.kind()).text(series.unit()).time(time).number(length);
    for (int column = 3; column <= 6; column++) {
      text.number(row.getLong(column));
    }
    boolean valued = row.getObject(11) != null;
    for (int column = 7; column <= 9; column++) {
      value(row, column, valued);
    }
    if (valued) {
      text.value(Significant.round24(row.getDouble(10)));
    } else {
      text.nothing();
    }
    value(row, 11, valued);
    moment(row, 12, valued);
    value(row, 13, valued);
    moment(row, 14, valued);
    text.nothing().nothing().end();
  }

  private void value(ResultSet row, int column, boolean valued) throws SQLException {
    if (valued) {
      text.value(row.getDouble(column));
    } else {
      text.nothing();
    }
  }

  private void moment(ResultSet row, int column, boolean valued) throws SQLException {
    if (valued) {
      text.time(row.getLong(column));
    } else {
      text.nothing();
    }
  }

  private void reading(ShownSeries series, ShownSeries.Part part, ResultSet row)
      throws SQLException {
    long time = row.getLong(1);
    last =
        new Place(series.path(), part.id(), time, 0, row.getInt(2), row.getLong(3), row.getInt(4));
    text.text(series.path()).word(series.kind()).text(series.unit()).time(time);
    if (!raw) {
      text.nothing().number(row.getLong(8));
      for (int column = 0; column < 10; column++) {
        text.nothing(); // what only windows have
      }
      text.time(row.getLong(9));
    }
    String words = row.getString(6);
    double number = row.getDouble(5);
    if (words != null) {
      text.text(words);
    } else if (row.wasNull()) {
      text.nothing();
    } else {
      text.value(number);
    }
    text.word(Quality.ofCode(row.getInt(7))).end();
  }
}
