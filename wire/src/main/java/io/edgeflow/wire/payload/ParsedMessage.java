package io.edgeflow.wire.payload;

import io.edgeflow.aggregator.reading.Quality;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The readings of one message, or why there are none. Filled again for the next message: whoever
 * reads it does so before the next call of the parser. Owned by the parser's thread.
 */
public final class ParsedMessage {
  /** What a message turned out to be. */
  public enum Outcome {
    READINGS,
    REJECTED,
    /** Our own traffic or the broker's: nobody waits for an answer about it. */
    NOT_OURS
  }

  private static final long UNSTAMPED = Long.MIN_VALUE;

  private Outcome outcome = Outcome.NOT_OURS;
  private PayloadFault reason = PayloadFault.UNPARSEABLE;
  private String detail = "";
  private boolean keepFirst;
  private int size;
  private String[] series = new String[8];
  private long[] stamps = new long[8];
  private double[] numbers = new double[8];
  private @Nullable String[] texts = new @Nullable String[8];
  private Quality[] qualities = new Quality[8];
  private @Nullable PayloadFault[] faults = new @Nullable PayloadFault[8];
  private String[] faultDetails = new String[8];

  void begin(boolean first) {
    outcome = Outcome.READINGS;
    keepFirst = first;
    size = 0;
  }

  void notOurs() {
    outcome = Outcome.NOT_OURS;
    size = 0;
  }

  void reject(PayloadFault why, String words) {
    outcome = Outcome.REJECTED;
    reason = why;
    detail = words;
    size = 0;
  }

  void number(String name, double value) {
    next(name);
    numbers[size++] = value;
  }

  void text(String name, String value) {
    next(name);
    texts[size++] = value;
  }

  /** A reading that cannot be taken, while its neighbours can (A5). */
  void fault(String name, PayloadFault why, String words) {
    next(name);
    faults[size] = why;
    faultDetails[size++] = words;
  }

  /** Readings from this index on get the stamp. */
  void stampFrom(int index, long micros) {
    Arrays.fill(stamps, index, size, micros);
  }

  /** Readings from this index on have this quality. */
  void qualifyFrom(int index, Quality quality) {
    Arrays.fill(qualities, index, size, quality);
  }

  /** Readings from this index on are lost, because their stamp makes no sense. */
  void faultFrom(int index, PayloadFault why, String words) {
    Arrays.fill(faults, index, size, why);
    Arrays.fill(faultDetails, index, size, words);
  }

  private void next(String name) {
    if (size == series.length) {
      grow();
    }
    series[size] = name;
    stamps[size] = UNSTAMPED;
    texts[size] = null;
    qualities[size] = Quality.GOOD;
    faults[size] = null;
  }

  private void grow() {
    int more = size * 2;
    series = Arrays.copyOf(series, more);
    stamps = Arrays.copyOf(stamps, more);
    numbers = Arrays.copyOf(numbers, more);
    texts = Arrays.copyOf(texts, more);
    qualities = Arrays.copyOf(qualities, more);
    faults = Arrays.copyOf(faults, more);
    faultDetails = Arrays.copyOf(faultDetails, more);
  }

  public Outcome outcome() {
    return outcome;
  }

  /** Why the whole message was rejected; only where the outcome says so. */
  public PayloadFault reason() {
    return reason;
  }

  /** The reason in words. */
  public String detail() {
    return detail;
  }

  /** Whether a second value with the same stamp is dropped (I1). */
  public boolean keepFirst() {
    return keepFirst;
  }

  public int size() {
    return size;
  }

  public String series(int index) {
    return series[index];
  }

  /** Whether the sender stamped the reading. */
  public boolean stamped(int index) {
    return stamps[index] != UNSTAMPED;
  }

  /** Microseconds since the epoch; only where {@link #stamped}. */
  public long stampMicros(int index) {
    return stamps[index];
  }

  public boolean isText(int index) {
    return texts[index] != null;
  }

  public double number(int index) {
    return numbers[index];
  }

  /** Only where {@link #isText}; empty otherwise. */
  public String text(int index) {
    String text = texts[index];
    return text == null ? "" : text;
  }

  /** What the sender says of it; good if it says nothing. */
  public Quality quality(int index) {
    return qualities[index];
  }

  /** Why this reading cannot be taken; absent if it can. */
  public @Nullable PayloadFault fault(int index) {
    return faults[index];
  }

  public String faultDetail(int index) {
    return faultDetails[index];
  }
}
