package io.edgeflow.wire.payload;

import java.util.List;

/** Makes the reader of a mapping. */
final class Readers {
  private Readers() {}

  /**
   * @param number of the mapping, from 0
   */
  static Route.Reading of(int number, Mapping mapping, PayloadLimits limits) {
    return switch (mapping.form()) {
      case Form.Auto(PointPolicy policy) ->
          new Route.Reading(number, mapping, new AutoReader(policy, limits), List.of());
      case Form.Value(Point point) ->
          new Route.Reading(
              number, mapping, new ValueReader(point, new PointValues(limits)), List.of(point));
      case Form.Json json ->
          new Route.Reading(number, mapping, new PathReader(json, limits), json.points());
      case Form.Csv csv ->
          new Route.Reading(number, mapping, new CsvReader(csv, limits), csv.points());
      case Form.Influx influx ->
          new Route.Reading(number, mapping, new LineReader(influx, limits), influx.points());
    };
  }
}
