package io.edgeflow.wire.payload;

import io.edgeflow.aggregator.reading.SeriesName;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Influx line protocol: {@code measurement,tag=a field=1.5,other=2i 1763672400000000000}, any
 * number of lines. A line that is none costs only itself. Owned by the parser's thread.
 */
final class LineReader implements PayloadReader {
  private static final String STANDARD_FIELD = "value";

  private final Form.Influx form;
  private final PayloadLimits limits;
  private final PointValues values;
  private final Map<String, Point> points = new HashMap<>();
  private final RowStamp stamp = new RowStamp();
  private String standard = "";

  LineReader(Form.Influx form, PayloadLimits limits) {
    this.form = form;
    this.limits = limits;
    this.values = new PointValues(limits);
    form.points().forEach(point -> points.put(point.from(), point));
  }

  @Override
  public String format() {
    return "line protocol";
  }

  @Override
  public void read(byte[] payload, int from, int to, Route route, ParsedMessage into)
      throws Refused {
    String text = Utf8.text(payload, from, to);
    int number = 0;
    for (int at = 0; at < text.length(); ) {
      int end = LineEnd.of(text, at);
      String line = text.substring(at, end).strip();
      at = end + 1;
      number++;
      if (!line.isEmpty() && line.charAt(0) != '#') {
        line(line, number, number == 1 && at >= text.length(), route, into);
      }
    }
    if (into.size() == 0) {
      throw new Refused(PayloadFault.UNPARSEABLE, "no line has a field that the mapping takes");
    }
  }

  private void line(String line, int number, boolean alone, Route route, ParsedMessage into)
      throws Refused {
    LinePoint point;
    try {
      point = LinePoint.parse(line);
    } catch (LineFault bad) {
      String why = "not line protocol: " + bad.getMessage();
      if (alone) {
        throw new Refused(PayloadFault.UNPARSEABLE, why);
      }
      if (into.size() >= limits.values()) {
        throw new Refused(PayloadFault.TOO_MANY_VALUES, "too many lines in one message");
      }
      into.fault("", PayloadFault.UNPARSEABLE, "line " + number + ": " + why);
      return;
    }
    int first = into.size();
    standard = standardName(point);
    for (Map.Entry<String, LinePoint.Value> field : point.fields().entrySet()) {
      field(point, field.getKey(), field.getValue(), route, into);
    }
    stamp.clear();
    if (!point.time().isEmpty()) {
      stamp.time(form.times().of(point.time()));
      stamp.apply(first, into);
    }
  }

  private void field(
      LinePoint line, String field, LinePoint.Value value, Route route, ParsedMessage into)
      throws Refused {
    Point point = points.get(field);
    if (point == null) {
      if (!points.isEmpty()) {
        return;
      }
      String name = field.equals(STANDARD_FIELD) ? standard : standard + "/" + begin(field);
      point = Point.plain(name, field, form.policy());
    }
    String pointName = point.name();
    SeriesTemplate.Names names = known -> known(known, pointName, line, field);
    String series = route.template().fill(names);
    if (series == null) {
      String missing = route.template().missing(names);
      if (values.mayTake(pointName, null, into)) {
        into.fault(pointName, PayloadFault.BAD_SERIES_NAME, "the line has no tag " + missing);
      }
    } else if (values.mayTake(series, PointValues.fault(series), into)) {
      value(point, series, value, into);
    }
  }

  private void value(Point point, String series, LinePoint.Value value, ParsedMessage into) {
    switch (value.kind()) {
      case TEXT -> values.text(point, series, value.text(), into);
      case STATE -> values.truth(point, series, value.text().equals("1"), into);
      case GAUGE, COUNTER -> number(point, series, value.text(), into);
    }
  }

  private void number(Point point, String series, String text, ParsedMessage into) {
    double number = NumberText.of(text);
    if (Double.isNaN(number)) {
      into.fault(
          series,
          PayloadFault.NOT_A_NUMBER,
          PointValues.notFinite(text)
              ? "not a finite number"
              : "neither a number nor a truth; a text is written in double quotes");
    } else {
      values.number(point, series, number, text, into);
    }
  }

  /** The measurement and its tags, or the beginning of them where they are too long for a name. */
  private static String standardName(LinePoint line) {
    StringBuilder name = new StringBuilder(begin(line.measurement()));
    for (String tag : line.tags().values()) {
      if (name.length() > SeriesName.MAX_BYTES) {
        break;
      }
      name.append('/').append(begin(tag));
    }
    return name.toString();
  }

  private static String begin(String text) {
    return text.substring(0, Math.min(text.length(), SeriesName.MAX_BYTES + 1));
  }

  private static @Nullable String known(String name, String point, LinePoint line, String field) {
    return switch (name) {
      case SeriesTemplate.POINT -> point;
      case "measurement" -> line.measurement();
      case "field" -> field;
      default -> line.tags().get(name);
    };
  }
}
