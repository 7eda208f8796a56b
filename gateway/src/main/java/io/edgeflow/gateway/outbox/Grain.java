package io.edgeflow.gateway.outbox;

/** Whether a frame can lose resolution to make room. The codes are on disk: they never change. */
public enum Grain {
  /** Nothing in it can be merged: changes, raw readings, events, windows of an hour. */
  FIXED(0),
  /** It has windows that could be wider. */
  FINE(1),
  /** It stands for others whose windows were merged (L7); that happens once. */
  COARSE(2);

  private final int code;

  Grain(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  static Grain ofCode(int code) {
    return switch (code) {
      case 0 -> FIXED;
      case 1 -> FINE;
      case 2 -> COARSE;
      default -> throw new IllegalArgumentException("no grain has the code " + code);
    };
  }
}
