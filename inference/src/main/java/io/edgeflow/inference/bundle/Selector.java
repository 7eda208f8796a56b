package io.edgeflow.inference.bundle;

import io.edgeflow.aggregator.reading.SeriesName;
import io.edgeflow.process.settings.Glob;

/**
 * Names the series of an input: {@code {device}/flow} is the point of every device, {@code
 * hall/temperature} one series that all devices share, {@code pump-*}{@code /vibration*} each
 * series that matches.
 *
 * @param pattern as it is written
 */
public record Selector(String pattern) {
  private static final String DEVICE = "{device}";

  public Selector {
    boolean perDevice = pattern.startsWith(DEVICE + "/");
    String rest = perDevice ? "d" + pattern.substring(DEVICE.length()) : pattern;
    boolean wild = isWild(rest);
    if (pattern.length() > SeriesName.MAX_BYTES || pattern.isBlank()) {
      throw new IllegalArgumentException("must be 1 to " + SeriesName.MAX_BYTES + " characters");
    }
    if (perDevice && wild) {
      throw new IllegalArgumentException("must not hold both {device} and wildcards");
    }
    String fault = wild ? null : SeriesName.fault(rest);
    if (fault != null) {
      throw new IllegalArgumentException(
          "must be {device}/point, a series or a pattern such as pump-*/flow; it " + fault);
    }
  }

  public static Selector parse(String text) {
    return new Selector(text);
  }

  /** Whether it names a point of every device. */
  public boolean perDevice() {
    return pattern.startsWith(DEVICE);
  }

  /** Whether it names any number of series, each for itself. */
  public boolean wild() {
    return isWild(pattern);
  }

  /** Whether it may stand for this series. */
  public boolean matches(SeriesName series) {
    if (perDevice()) {
      return series.path().endsWith(pattern.substring(DEVICE.length()))
          && series.device().length() + pattern.length() - DEVICE.length()
              == series.path().length();
    }
    return wild() ? new Glob(pattern).matches(series.path()) : pattern.equals(series.path());
  }

  @Override
  public String toString() {
    return pattern;
  }

  private static boolean isWild(String text) {
    return text.indexOf('*') >= 0 || text.indexOf('?') >= 0;
  }
}
