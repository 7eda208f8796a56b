package io.edgeflow.gateway.sparkplug;

import io.edgeflow.aggregator.reading.Quality;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload;
import org.jspecify.annotations.Nullable;

/**
 * One metric of a message, without what is no series in it.
 *
 * @param name empty where the sender uses the alias alone
 * @param alias absent where it has none
 * @param stampMillis since the epoch, unsigned as on the wire; absent if it has none
 * @param historical it is of the past, and no news
 * @param datatype number of a Sparkplug type; 0 if the message does not tell
 * @param unit of the property {@code engUnit}; empty if there is none
 * @param quality of the property {@code Quality}; good if there is none
 */
record Metric(
    String name,
    @Nullable Long alias,
    @Nullable Long stampMillis,
    boolean historical,
    int datatype,
    Value value,
    String unit,
    Quality quality) {
  private static final String BD_SEQ = "bdSeq";

  /** As it came over the wire; what it means depends on the type. */
  sealed interface Value {
    record Null() implements Value {}

    /** The bits of an {@code int_value}, not negative, or of a {@code long_value}. */
    record Whole(long bits) implements Value {}

    record Real(double number) implements Value {}

    record Truth(boolean is) implements Value {}

    record Words(String text) implements Value {}

    /** A table, bytes, a template or an extension. */
    record Other(String what) implements Value {}
  }

  /** The number of the session, which is no reading. */
  boolean isSession() {
    return name.equals(BD_SEQ);
  }

  /** What a host may command, which is no reading either. */
  boolean isControl() {
    return name.startsWith("Node Control/") || name.startsWith("Device Control/");
  }

  static Metric of(Payload.Metric from) {
    Payload.PropertySet properties =
        from.hasProperties() ? from.getProperties() : Payload.PropertySet.getDefaultInstance();
    return new Metric(
        from.getName(),
        from.hasAlias() ? from.getAlias() : null,
        from.hasTimestamp() ? from.getTimestamp() : null,
        from.getIsHistorical(),
        from.getDatatype(),
        value(from),
        Properties.unit(properties),
        Properties.quality(properties));
  }

  private static Value value(Payload.Metric from) {
    if (from.getIsNull()) {
      return new Value.Null();
    }
    return switch (from.getValueCase()) {
      case INT_VALUE -> new Value.Whole(Integer.toUnsignedLong(from.getIntValue()));
      case LONG_VALUE -> new Value.Whole(from.getLongValue());
      case FLOAT_VALUE -> new Value.Real(from.getFloatValue());
      case DOUBLE_VALUE -> new Value.Real(from.getDoubleValue());
      case BOOLEAN_VALUE -> new Value.Truth(from.getBooleanValue());
      case STRING_VALUE -> new Value.Words(from.getStringValue());
      case BYTES_VALUE -> new Value.Other("bytes");
      case DATASET_VALUE -> new Value.Other("a data set");
      case TEMPLATE_VALUE -> new Value.Other("a template");
      case EXTENSION_VALUE -> new Value.Other("an extension");
      case VALUE_NOT_SET -> new Value.Null();
    };
  }
}
