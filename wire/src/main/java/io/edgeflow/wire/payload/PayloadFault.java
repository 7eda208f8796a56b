package io.edgeflow.wire.payload;

/** Why a message, or one value of it, is no reading. */
public enum PayloadFault {
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
  RETAINED
}
