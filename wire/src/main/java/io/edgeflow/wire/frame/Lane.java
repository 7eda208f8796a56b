package io.edgeflow.wire.frame;

import java.util.Optional;

/** A queue from an edge to its cloud. The order of the constants is the order of sending. */
public enum Lane {
  /** Alarms, actions, gaps, model changes. */
  EVENT(0, "event"),
  /** Windows of gauges and counters, changes of states and texts. */
  WINDOW(1, "window"),
  /** Single readings of the series that opted in. */
  RAW(2, "raw");

  private final int code;
  private final String word;

  Lane(int code, String word) {
    this.code = code;
    this.word = word;
  }

  /** The number that stands for the lane in frames and journals; never changes. */
  public int code() {
    return code;
  }

  /** The word that stands for the lane in topics and documents; never changes. */
  public String word() {
    return word;
  }

  public static Optional<Lane> ofCode(int code) {
    for (Lane lane : values()) {
      if (lane.code == code) {
        return Optional.of(lane);
      }
    }
    return Optional.empty();
  }

  public static Optional<Lane> ofWord(String word) {
    for (Lane lane : values()) {
      if (lane.word.equals(word)) {
        return Optional.of(lane);
      }
    }
    return Optional.empty();
  }
}
