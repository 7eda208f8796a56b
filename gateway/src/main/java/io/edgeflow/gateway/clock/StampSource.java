package io.edgeflow.gateway.clock;

/** Whose time a reading carries. */
public enum StampSource {
  /** The sender's own stamp. */
  SENDER(0),
  /** There was no stamp: the time of arrival. */
  ARRIVAL(1),
  /** The sender's stamp was impossible: the time of arrival, and the claim kept beside it. */
  REPLACED(2);

  private static final StampSource[] BY_CODE = {SENDER, ARRIVAL, REPLACED};

  private final int code;

  StampSource(int code) {
    this.code = code;
  }

  /** The number that stands for this source in the journal; never changes. */
  public int code() {
    return code;
  }

  /**
   * @throws IllegalArgumentException if no source has this code
   */
  public static StampSource ofCode(int code) {
    if (code < 0 || code >= BY_CODE.length) {
      throw new IllegalArgumentException("no stamp source has code " + code);
    }
    return BY_CODE[code];
  }
}
