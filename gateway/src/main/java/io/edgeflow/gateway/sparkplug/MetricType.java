package io.edgeflow.gateway.sparkplug;

import io.edgeflow.aggregator.reading.Kind;
import org.eclipse.tahu.protobuf.SparkplugBProto.DataType;
import org.jspecify.annotations.Nullable;

/** What the values of a Sparkplug type are here. */
final class MetricType {
  private static final int MOST_TEXT_CHARS = 1_024;
  private static final long MOST_MILLIS = 9_000_000_000_000_000L;

  private MetricType() {}

  /** What became of a value. */
  sealed interface Meaning {
    record Numeric(Kind kind, double number) implements Meaning {}

    record Text(String text) implements Meaning {}

    /** It has none at that time. */
    record Absent() implements Meaning {}

    /** Only its type would tell, and nobody has told that. */
    record Untyped() implements Meaning {}

    record Unsupported(String why) implements Meaning {}

    record Invalid(String why) implements Meaning {}
  }

  /**
   * @param datatype 0 if it is not known
   */
  static Meaning of(int datatype, Metric.Value value) {
    DataType type = DataType.forNumber(datatype);
    if (type == null) {
      return new Meaning.Unsupported("of the unknown type " + Integer.toUnsignedString(datatype));
    }
    if (!hasSeries(type)) {
      return new Meaning.Unsupported("of the type " + type);
    }
    return switch (value) {
      case Metric.Value.Null() -> new Meaning.Absent();
      case Metric.Value.Whole(long bits) -> whole(type, bits);
      case Metric.Value.Real(double number) -> real(type, number);
      case Metric.Value.Truth(boolean is) ->
          type == DataType.Boolean || type == DataType.Unknown
              ? new Meaning.Numeric(Kind.STATE, is ? 1 : 0)
              : misfit(type);
      case Metric.Value.Words(String text) -> words(type, text);
      case Metric.Value.Other(String what) -> new Meaning.Unsupported(what);
    };
  }

  private static boolean hasSeries(DataType type) {
    return switch (type) {
      case Unknown,
          Int8,
          Int16,
          Int32,
          Int64,
          UInt8,
          UInt16,
          UInt32,
          UInt64,
          Float,
          Double,
          Boolean,
          String,
          DateTime,
          Text,
          UUID ->
          true;
      default -> false;
    };
  }

  /** Negative numbers come as the two's complement of 32 or 64 bits; a few senders cut them off. */
  private static Meaning whole(DataType type, long bits) {
    return switch (type) {
      case Int8 -> gauge((byte) bits);
      case Int16 -> gauge((short) bits);
      case Int32 -> gauge((int) bits);
      case Int64 -> gauge((double) bits);
      case UInt8, UInt16, UInt32 -> gauge((double) (bits & 0xFFFF_FFFFL));
      // The two halves are exact; the sum rounds once, as a double must beyond 2^53.
      case UInt64, DateTime -> gauge((bits >>> 1) * 2.0 + (bits & 1));
      case Unknown -> new Meaning.Untyped();
      default -> misfit(type);
    };
  }

  private static Meaning gauge(double number) {
    return new Meaning.Numeric(Kind.GAUGE, number);
  }

  private static Meaning real(DataType type, double number) {
    if (type != DataType.Float && type != DataType.Double && type != DataType.Unknown) {
      return misfit(type);
    }
    return Double.isFinite(number) ? gauge(number) : new Meaning.Invalid("not a finite number");
  }

  private static Meaning words(DataType type, String text) {
    return switch (type) {
      case String, Text, UUID, Unknown ->
          text.length() <= MOST_TEXT_CHARS
              ? new Meaning.Text(text)
              : new Meaning.Unsupported("a text of more than " + MOST_TEXT_CHARS + " characters");
      default -> misfit(type);
    };
  }

  private static Meaning misfit(DataType type) {
    return new Meaning.Invalid("its value is none of the type " + type);
  }

  /**
   * @param millis since the epoch, unsigned as on the wire
   * @return microseconds; absent where nothing can be meant
   */
  static @Nullable Long micros(long millis) {
    return millis < 0 || millis > MOST_MILLIS ? null : Long.valueOf(millis * 1_000);
  }
}
