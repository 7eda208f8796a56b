package io.edgeflow.wire.payload;

import io.edgeflow.aggregator.reading.Kind;

/** One value is the whole payload: a number, true, false, on, off, or a text. */
final class ValueReader implements PayloadReader {
  private final Point point;
  private final PointValues values;

  ValueReader(Point point, PointValues values) {
    this.point = point;
    this.values = values;
  }

  @Override
  public String format() {
    return "a value";
  }

  @Override
  public void read(byte[] payload, int from, int to, Route route, ParsedMessage into)
      throws Refused {
    String series = route.series(0);
    if (!values.mayTake(series, route.fault(0), into)) {
      return;
    }
    double exact = NumberText.exact(payload, from, to);
    if (!Double.isNaN(exact) && point.policy().kind() != Kind.TEXT) {
      values.number(point, series, exact, "", into);
      return;
    }
    String text = Utf8.text(payload, from, to);
    boolean quoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
    if (quoted) {
      values.text(point, series, text.substring(1, text.length() - 1), into);
    } else {
      values.word(point, series, text, into);
    }
  }
}
