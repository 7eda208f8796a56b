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
  private PointPolicy policy = PointPolicy.NONE;
  private PointPolicy[] policies = new PointPolicy[8];
  private boolean[] truths = new boolean[8];
  private @Nullable PayloadFault[] faults = new @Nullable PayloadFault[8];
  private String[] faultDetails = new String[8];

  void begin(boolean first) {
    outcome = Outcome.READINGS;
    keepFirst = first;
    policy = PointPolicy.NONE;
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

  /** What is said of the series of the readings that are put in from now on. */
  void policies(PointPolicy said) {
    policy = said;
  }

  /** What is said of the series of the reading that was put in last. */
  void policy(PointPolicy said) {
    policies[size - 1] = said;
  }

  /** The reading that was put in last is a truth: a state, unless somebody says otherwise. */
  void truth() {
    truths[size - 1] = true;
  }

  /** The series of a reading turns out to be called this. */
  void rename(int index, String name) {
    series[index] = name;
  }

  /** A reading of those that are there turns out to be none. */
  void faultAt(int index, PayloadFault why, String words) {
    faults[index] = why;
    faultDetails[index] = words;
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
    policies[size] = policy;
    truths[size] = false;
    faults[size] = null;
  }

  private void grow() {
    int more = size * 2;
    series = Arrays.copyOf(series, more);
    stamps = Arrays.copyOf(stamps, more);
    numbers = Arrays.copyOf(numbers, more);
    texts = Arrays.copyOf(texts, more);
    qualities = Arrays.copyOf(qualities, more);
    policies = Arrays.copyOf(policies, more);
    truths = Arrays.copyOf(truths, more);
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

  /** What the mapping says of the series; counts where the series is new. */
  public PointPolicy policy(int index) {
    return policies[index];
  }

  /**
   * Whether a format that was asked for by name said true or false, which names a state rather than
   * measuring something.
   */
  public boolean isTruth(int index) {
    return truths[index];
  }

  /** Why this reading cannot be taken; absent if it can. */
  public @Nullable PayloadFault fault(int index) {
    return faults[index];
  }

  public String faultDetail(int index) {
    return faultDetails[index];
  }
}
