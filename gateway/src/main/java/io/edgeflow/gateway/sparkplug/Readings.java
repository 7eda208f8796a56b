package io.edgeflow.gateway.sparkplug;

import io.edgeflow.aggregator.reading.Kind;
import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.aggregator.reading.SeriesName;
import io.edgeflow.gateway.capture.Heard;
import io.edgeflow.gateway.capture.RejectReason;
import io.edgeflow.gateway.capture.SpokenValue;
import org.jspecify.annotations.Nullable;

/** Turns the metrics of a node's messages into readings. */
final class Readings {
  private final String group;
  private final String node;
  private final SeriesNames names;
  private final Gaps gaps;

  Readings(String group, String node, SeriesNames names, Gaps gaps) {
    this.group = group;
    this.node = node;
    this.names = names;
    this.gaps = gaps;
  }

  /** Remembers what a birth declares. */
  void declare(Message birth, Scope scope, Heard heard) {
    for (Metric metric : birth.metrics()) {
      if (metric.name().isEmpty() || metric.isSession()) {
        continue;
      }
      Scope.Declared declared =
          new Scope.Declared(
              SeriesNames.begin(metric.name()),
              names.name(group, node, scope.device, metric.name()),
              metric.datatype(),
              metric.unit(),
              !metric.isControl());
      if (!scope.declare(declared, metric.alias())) {
        heard.reject(
            RejectReason.SERIES_LIMIT,
            "too many Sparkplug metrics are declared already for those of " + group + "/" + node);
        return;
      }
    }
  }

  /**
   * @param believed whether what the scope declared is in force for this message
   */
  void take(Message message, Scope scope, boolean believed, Heard heard) {
    for (Metric metric : message.metrics()) {
      Scope.Declared declared = believed ? scope.declared(metric) : null;
      if (metric.isSession() || metric.isControl() || (declared != null && !declared.reading())) {
        continue;
      }
      if (metric.name().isEmpty() && declared == null) {
        gaps.untaken(metric, heard);
      } else {
        take(metric, message.stampMillis(), declared, scope, heard);
      }
    }
  }

  private void take(
      Metric metric,
      @Nullable Long sentMillis,
      Scope.@Nullable Declared declared,
      Scope scope,
      Heard heard) {
    String series =
        declared == null ? names.name(group, node, scope.device, metric.name()) : declared.series();
    String fault = SeriesName.fault(series);
    if (fault != null) {
      heard.reject(RejectReason.BAD_SERIES_NAME, "a metric's name " + fault);
      return;
    }
    Long stamp = stamp(metric, sentMillis);
    if (stamp == null) {
      heard.reject(RejectReason.BAD_STAMP, "the time of " + series + " makes no sense");
      return;
    }
    int datatype =
        metric.datatype() == 0 && declared != null ? declared.datatype() : metric.datatype();
    switch (MetricType.of(datatype, metric.value())) {
      case MetricType.Meaning.Numeric(Kind kind, double number) ->
          value(metric, declared, scope, series, kind, number, null, stamp, heard);
      case MetricType.Meaning.Text(String text) ->
          value(metric, declared, scope, series, Kind.TEXT, Double.NaN, text, stamp, heard);
      case MetricType.Meaning.Absent() -> heard.again(series, stamp, Quality.BAD);
      case MetricType.Meaning.Untyped() -> gaps.untaken(metric, heard);
      case MetricType.Meaning.Unsupported(String why) ->
          heard.reject(RejectReason.UNSUPPORTED_TYPE, series + " is " + why);
      case MetricType.Meaning.Invalid(String why) ->
          heard.reject(RejectReason.NOT_A_NUMBER, series + ": " + why);
    }
  }

  private static void value(
      Metric metric,
      Scope.@Nullable Declared declared,
      Scope scope,
      String series,
      Kind kind,
      double number,
      @Nullable String text,
      long stampMicros,
      Heard heard) {
    String unit = metric.unit().isEmpty() && declared != null ? declared.unit() : metric.unit();
    if (heard.value(
        new SpokenValue(series, kind, unit, number, text, metric.quality(), stampMicros))) {
      scope.series.add(series);
    }
  }

  /**
   * Its own, else that of the message, else arrival; but something of the past says itself when it
   * was. Null where that makes no sense.
   */
  private static @Nullable Long stamp(Metric metric, @Nullable Long sentMillis) {
    if (metric.stampMillis() != null) {
      return MetricType.micros(metric.stampMillis());
    }
    if (metric.historical()) {
      return null;
    }
    return sentMillis == null
        ? Long.valueOf(SpokenValue.ON_ARRIVAL)
        : MetricType.micros(sentMillis);
  }
}
