package io.edgeflow.gateway.risk;

import io.edgeflow.gateway.recorder.LoadSample;
import java.util.Locale;

/**
 * What an edge has to take, per second.
 *
 * @param basis how that is known
 * @param messages records of the journal that hold readings; a poll is one too
 * @param readings in those messages
 * @param messageBytes of their records
 * @param frameBytes of the frames that are made of them: what an outage has to keep
 * @param source where the figures come from, for people
 */
public record Load(
    Basis basis,
    double messages,
    double readings,
    double messageBytes,
    double frameBytes,
    String source) {
  /**
   * Bytes of one message's record in the journal: a header of 18 and the arrival of 8. Beside it
   * each reading takes about 14: series, flags, time against arrival, value.
   */
  static final double MESSAGE_BYTES = 26;

  static final double READING_BYTES = 14;

  /**
   * Bytes of one window in a frame, names and headers included, when frames are well filled: 12 for
   * values of two decimals to 37 for full doubles (docs/benchmarks.md). The larger is taken.
   */
  static final double WINDOW_BYTES = 37;

  private static final double SECONDS_PER_HOUR = 3_600;

  /** How a load is known. */
  public enum Basis {
    /** By the journal, of the last hours. */
    MEASURED,
    /** By the configuration: points and intervals. */
    CONFIGURED,
    /** Not at all: an example stands for it. */
    ASSUMED
  }

  /**
   * @param sample of more than no time
   */
  public static Load measured(LoadSample sample) {
    double seconds = sample.nanos() / 1e9;
    double hours = seconds / SECONDS_PER_HOUR;
    String over =
        hours >= 1
            ? String.format(Locale.ROOT, "%.0f h", hours)
            : String.format(Locale.ROOT, "%.0f min", hours * 60);
    return new Load(
        Basis.MEASURED,
        sample.messages() / seconds,
        sample.readings() / seconds,
        sample.messageBytes() / seconds,
        sample.frameBytes() / seconds,
        "measured over the last " + over + " in which something came");
  }

  /** One message of so many readings, so often. */
  static Load of(Basis basis, double messages, double readings, double windows, String source) {
    return new Load(
        basis,
        messages,
        readings,
        messages * MESSAGE_BYTES + readings * READING_BYTES,
        windows * WINDOW_BYTES,
        source);
  }
}
