package io.edgeflow.wire.frame;

/**
 * What a frame may hold. The encoder refuses more, so whoever cuts frames keeps below; the decoder
 * refuses more before it allocates: it never holds more than about 300 bytes per row and 16 MiB.
 */
public final class FrameLimits {
  /** A column of equal values costs nothing, so rows need a bound of their own. */
  public static final int MAX_ROWS = 200_000;

  public static final int MAX_SERIES = 65_536;
  public static final int MAX_UNIT_CHARS = 64;

  /** For the values of texts, messages and details of events. */
  public static final int MAX_TEXT_CHARS = 8192;

  public static final int MAX_WORD_CHARS = 128;
  public static final int MAX_DETAILS = 64;

  /** The years 1 to 9999, which every database can tell. */
  public static final long MIN_MICROS = -62_135_596_800_000_000L;

  public static final long MAX_MICROS = 253_402_300_799_999_999L;

  private FrameLimits() {}

  static boolean isTime(long micros) {
    return micros >= MIN_MICROS && micros <= MAX_MICROS;
  }
}
