package io.edgeflow.aggregator.reading;

/** What the values of a series are (W4). */
public enum Kind {
  /** A measured quantity: windows of it are meaningful. */
  GAUGE(0),
  /** A running total. */
  COUNTER(1),
  /** A number that names a state: travels as changes. */
  STATE(2),
  /** A text: travels as changes. */
  TEXT(3);

  private static final Kind[] BY_CODE = {GAUGE, COUNTER, STATE, TEXT};

  private final int code;

  Kind(int code) {
    this.code = code;
  }

  /** The number that stands for this kind on disk and on the wire; never changes. */
  public int code() {
    return code;
  }

  /**
   * @throws IllegalArgumentException if no kind has this code
   */
  public static Kind ofCode(int code) {
    if (code < 0 || code >= BY_CODE.length) {
      throw new IllegalArgumentException("no kind has code " + code);
    }
    return BY_CODE[code];
  }

  /** True if readings are folded into windows, false if they travel as changes. */
  public boolean windowed() {
    return this == GAUGE || this == COUNTER;
  }
}
