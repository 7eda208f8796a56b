package io.edgeflow.wire.payload;

/**
 * What one message may hold. Beyond it the message is rejected whole, before it costs more.
 *
 * @param bytes of payload
 * @param values in one message
 * @param depth of nested objects and arrays
 * @param textChars of one text value
 */
public record PayloadLimits(int bytes, int values, int depth, int textChars) {
  public static final PayloadLimits STANDARD = new PayloadLimits(256 * 1024, 10_000, 8, 1_024);
}
