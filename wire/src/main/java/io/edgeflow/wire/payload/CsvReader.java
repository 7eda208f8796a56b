package io.edgeflow.wire.payload;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table: perhaps a row of names, then rows of values. An empty cell is a value that is not there;
 * a row of another length costs only itself. Owned by the parser's thread.
 */
final class CsvReader implements PayloadReader {
  private final Form.Csv form;
  private final PayloadLimits limits;
  private final PointValues values;
  private final CsvFactory factory;
  private final CsvSchema schema;
  private final List<String> cells = new ArrayList<>();
  private final RowStamp stamp = new RowStamp();
  private @Nullable CsvColumns columns;

  CsvReader(Form.Csv form, PayloadLimits limits) {
    this.form = form;
    this.limits = limits;
    this.values = new PointValues(limits);
    this.factory =
        CsvFactory.builder()
            .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
            .enable(CsvParser.Feature.TRIM_SPACES)
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxStringLength(limits.textChars())
                    .maxNumberLength(NumberText.MOST_CHARS)
                    .build())
            .build();
    this.schema = CsvSchema.emptySchema().withColumnSeparator(form.separator());
  }

  @Override
  public String format() {
    return "CSV";
  }

  @Override
  public void read(byte[] payload, int from, int to, Route route, ParsedMessage into)
      throws Refused, IOException {
    String text = Utf8.text(payload, from, to);
    try (CsvParser rows = factory.createParser(text)) {
      rows.setSchema(schema);
      int number = 0;
      CsvColumns table = form.columns().isEmpty() ? null : columns(form.columns(), route);
      if (table == null) {
        number++;
        table = next(rows) ? columns(List.copyOf(cells), route) : null;
      } else if (form.header()) {
        number++;
        next(rows);
      }
      while (table != null && next(rows)) {
        row(table, ++number, route, into);
      }
    }
    if (into.size() == 0) {
      throw new Refused(PayloadFault.UNPARSEABLE, "the table has no row with a value");
    }
  }

  /** The same names come with every message. */
  private CsvColumns columns(List<String> names, Route route) throws Refused {
    CsvColumns known = columns;
    if (known == null || !known.names().equals(names)) {
      known = CsvColumns.of(form, route.mapping().mapping().series(), names);
      columns = known;
    }
    return known;
  }

  private boolean next(CsvParser rows) throws Refused, IOException {
    cells.clear();
    JsonToken token = rows.nextToken();
    if (token == null) {
      return false;
    }
    while (token != null && token != JsonToken.END_ARRAY) {
      if (token != JsonToken.START_ARRAY) {
        if (cells.size() >= limits.values()) {
          throw new Refused(PayloadFault.TOO_MANY_VALUES, "a row has too many columns");
        }
        cells.add(rows.getText());
      }
      token = rows.nextToken();
    }
    return true;
  }

  private void row(CsvColumns table, int number, Route route, ParsedMessage into) throws Refused {
    int first = into.size();
    if (cells.size() != table.names().size()) {
      if (values.mayTake("", null, into)) {
        into.fault(
            "",
            PayloadFault.UNPARSEABLE,
            "row %d has %d columns, not %d".formatted(number, cells.size(), table.names().size()));
      }
      return;
    }
    for (int i = 0; i < cells.size(); i++) {
      Point point = table.points().get(i).orElse(null);
      if (point != null && !cells.get(i).isEmpty()) {
        cell(point, cells.get(i), table, route, into);
      }
    }
    stamp.clear();
    if (table.time() >= 0 && !cells.get(table.time()).isEmpty()) {
      stamp.time(form.times().of(cells.get(table.time())));
    }
    if (table.quality() >= 0 && !cells.get(table.quality()).isEmpty()) {
      stamp.quality(form.qualities().of(cells.get(table.quality())));
    }
    stamp.apply(first, into);
  }

  private void cell(Point point, String cell, CsvColumns table, Route route, ParsedMessage into)
      throws Refused {
    SeriesTemplate.Names names =
        name -> {
          Integer column = table.byName().get(name);
          return name.equals(SeriesTemplate.POINT)
              ? point.name()
              : column == null ? null : cells.get(column);
        };
    String series = route.template().fill(names);
    if (series == null) {
      throw new Refused(
          PayloadFault.BAD_SERIES_NAME,
          "the table has no column " + route.template().missing(names));
    }
    if (values.mayTake(series, PointValues.fault(series), into)) {
      values.word(point, series, form.decimalComma() ? dotted(cell) : cell, into);
    }
  }

  /** Only a number: in a text a comma is a comma. */
  private static String dotted(String cell) {
    String number = cell.replace(',', '.');
    return Double.isNaN(NumberText.of(number)) ? cell : number;
  }
}
