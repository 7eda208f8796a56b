package io.edgeflow.gateway.capture;

import io.edgeflow.wire.payload.PayloadFault;
import java.util.Locale;

/** Why a message or a reading was not accepted (A5). Rejected input is acknowledged and counted. */
public enum RejectReason {
  /** No mapping names the topic. */
  NO_MAPPING,
  /** The payload is none of the known forms. */
  UNPARSEABLE,
  TOO_LARGE,
  TOO_DEEP,
  TOO_MANY_VALUES,
  /** Neither a number, a boolean nor a text; or not finite. */
  NOT_A_NUMBER,
  OUT_OF_RANGE,
  BAD_SERIES_NAME,
  BAD_STAMP,
  /** A retained message on a topic whose mapping ignores those. */
  RETAINED,
  /** A text for a series of numbers, or the other way round. */
  KIND_MISMATCH,
  /** A new series beyond {@code limits.maxSeries}, or what {@code buffer.maxBytes} can keep. */
  SERIES_LIMIT,
  /** A value of a type that is no series: a table, bytes, an array. */
  UNSUPPORTED_TYPE,
  /** A Sparkplug value without a name or a type, and no birth that is in force names them. */
  NO_BIRTH,
  MODBUS_EXCEPTION,
  MODBUS_WRONG_COUNT,
  MODBUS_WRONG_ANSWER,
  MODBUS_TIMEOUT,
  MODBUS_UNREACHABLE,
  /** The queue was full, and nobody would send it again. */
  NO_ROOM;

  private final String word = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** Every fault of a payload has its reason of the same name. */
  public static RejectReason of(PayloadFault fault) {
    return valueOf(fault.name());
  }

  /** As in metrics, pages and documents: {@code no-mapping}. */
  public String word() {
    return word;
  }
}
