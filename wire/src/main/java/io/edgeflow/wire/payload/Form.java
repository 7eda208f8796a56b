package io.edgeflow.wire.payload;

import java.util.List;
import java.util.Map;

/** What the payloads of a mapping look like. */
public sealed interface Form {
  /** The forms of section 8 of the design: a bare number, or JSON with value and ts. */
  record Auto(PointPolicy policy) implements Form {}

  /**
   * The whole payload is one value.
   *
   * @param point without a name unless the series asks for one
   */
  record Value(Point point) implements Form {}

  /**
   * JSON, of which paths name the parts.
   *
   * @param each where rows are, of which each has values of its own; empty: there is one, the whole
   * @param points at least one
   * @param names what stands at a path may be part of the series' name
   * @param time empty: none
   * @param quality empty: none
   */
  record Json(
      String each,
      List<Point> points,
      Map<String, String> names,
      String time,
      StampRule times,
      String quality,
      QualityRule qualities)
      implements Form {
    public Json {
      points = List.copyOf(points);
      names = Map.copyOf(names);
    }
  }

  /**
   * Rows of columns.
   *
   * @param columns their names; none: the first row is the names
   * @param header whether a first row is to be skipped although the names are given
   * @param separator between columns
   * @param decimalComma numbers are written 1,5
   * @param points the columns that are values; none: those that nothing else is made of
   * @param time the column of times; empty: none
   * @param quality the column of qualities; empty: none
   */
  record Csv(
      List<String> columns,
      boolean header,
      char separator,
      boolean decimalComma,
      List<Point> points,
      PointPolicy policy,
      String time,
      StampRule times,
      String quality,
      QualityRule qualities)
      implements Form {
    public Csv {
      columns = List.copyOf(columns);
      points = List.copyOf(points);
    }
  }

  /**
   * Influx line protocol.
   *
   * @param points the fields that are taken; none: all of them
   */
  record Influx(List<Point> points, PointPolicy policy, StampRule times) implements Form {
    public Influx {
      points = List.copyOf(points);
    }
  }
}
