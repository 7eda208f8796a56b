package io.edgeflow.wire.payload;

import io.edgeflow.aggregator.reading.Kind;
import io.edgeflow.aggregator.report.ReportRule;
import org.jspecify.annotations.Nullable;

/**
 * What a mapping says of the series that it makes; what it leaves open others may say.
 *
 * @param kind null: not said
 * @param unit empty: not said
 * @param report which readings are reported singly; null: not said
 */
public record PointPolicy(@Nullable Kind kind, String unit, @Nullable ReportRule report) {
  public static final PointPolicy NONE = new PointPolicy(null, "", null);
}
