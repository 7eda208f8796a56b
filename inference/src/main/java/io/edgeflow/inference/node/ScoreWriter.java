package io.edgeflow.inference.node;

import io.edgeflow.aggregator.reading.Quality;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Makes readings of scores: one message for each series, with all its scores since the last {@link
 * #flush}, in the form that every gateway takes. Any thread.
 */
final class ScoreWriter {
  /** A gateway takes 10 000 values and 256 KiB. */
  private static final int MOST_IN_MESSAGE = 1_000;

  private static final int MICROS_DIGITS = 3;

  private final String prefix;
  private final ScoreOutbox outbox;
  private final Map<String, Text> pending = new LinkedHashMap<>();

  private static final class Text {
    final StringBuilder elements = new StringBuilder();
    int scores;
  }

  /**
   * @param prefix the fixed levels of the topics
   */
  ScoreWriter(String prefix, ScoreOutbox outbox) {
    this.prefix = prefix;
    this.outbox = outbox;
  }

  synchronized void add(String series, long timeMicros, float value, Quality quality) {
    Text text = pending.computeIfAbsent(series, unknown -> new Text());
    if (text.scores > 0) {
      text.elements.append(',');
    }
    text.elements.append("{\"value\":").append(value).append(",\"ts\":").append(millis(timeMicros));
    if (quality != Quality.GOOD) {
      text.elements.append(",\"quality\":\"").append(quality.word()).append('"');
    }
    text.elements.append('}');
    text.scores++;
    if (text.scores >= MOST_IN_MESSAGE) {
      pending.remove(series);
      send(series, text);
    }
  }

  /** Milliseconds since the epoch, to the microsecond. */
  private static String millis(long micros) {
    return new BigDecimal(BigInteger.valueOf(micros), MICROS_DIGITS)
        .stripTrailingZeros()
        .toPlainString();
  }

  /** Hands over what there is. */
  synchronized void flush() {
    pending.forEach(this::send);
    pending.clear();
  }

  private void send(String series, Text text) {
    String payload =
        text.scores == 1 ? text.elements.toString() : "[" + text.elements.toString() + "]";
    outbox.put(prefix + "/" + series, payload, text.scores);
  }

  boolean hasRoom() {
    return outbox.hasRoom();
  }
}
