package io.edgeflow.wire.payload;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which column of a table is what.
 *
 * @param names of all columns, from left to right
 * @param points what each column is the value of
 * @param time the column of times; -1: there is none
 * @param quality the column of qualities; -1: there is none
 * @param byName the columns by their names
 */
record CsvColumns(
    List<String> names,
    List<Optional<Point>> points,
    int time,
    int quality,
    Map<String, Integer> byName) {
  /**
   * @throws Refused if a column that the mapping names is not there
   */
  static CsvColumns of(Form.Csv form, SeriesTemplate series, List<String> names) throws Refused {
    Map<String, Integer> byName = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      byName.putIfAbsent(names.get(i), i);
    }
    int time = column(form.time(), byName);
    int quality = column(form.quality(), byName);
    List<Optional<Point>> points =
        new ArrayList<>(Collections.nCopies(names.size(), Optional.empty()));
    for (Point point : form.points()) {
      points.set(column(point.from(), byName), Optional.of(point));
    }
    for (int i = 0; form.points().isEmpty() && i < points.size(); i++) {
      String name = names.get(i);
      if (i != time && i != quality && !series.names(name)) {
        points.set(i, Optional.of(Point.plain(name, name, form.policy())));
      }
    }
    return new CsvColumns(
        List.copyOf(names), List.copyOf(points), time, quality, Map.copyOf(byName));
  }

  private static int column(String name, Map<String, Integer> byName) throws Refused {
    if (name.isEmpty()) {
      return -1;
    }
    Integer at = byName.get(name);
    if (at == null) {
      throw new Refused(
          PayloadFault.UNPARSEABLE,
          "there is no column " + LineFault.quoted(name) + " in the table");
    }
    return at;
  }
}
