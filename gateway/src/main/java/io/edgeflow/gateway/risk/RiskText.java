package io.edgeflow.gateway.risk;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** A {@link RiskReport} in words that a person can act on. */
public final class RiskText {
  private static final double YEARS = 365.0;
  private static final String[] DECIMAL = {"B", "kB", "MB", "GB", "TB", "PB"};

  private RiskText() {}

  /** One sentence: whether the promise holds, and by which setting. */
  public static String why(RiskReport report) {
    return report.promise()
        ? "acknowledgements wait for the sync (journal.acknowledge: synced)"
        : "acknowledgements do not wait for the sync (journal.acknowledge: received)";
  }

  /** One sentence: what a power cut can take of what was acknowledged. */
  public static String atRisk(RiskReport report) {
    if (report.promise()) {
      return "nothing that was acknowledged";
    }
    return "a power cut or a crash takes the acknowledged readings of the last "
        + duration(report.lossUsually())
        + ", on a slow disk of "
        + duration(report.lossAtMost())
        + " at most: about "
        + count((double) report.readingsAtMost())
        + " readings";
  }

  /** The whole report, a line each, without a heading. */
  public static List<String> lines(RiskReport report) {
    return List.of(
        "promise  " + (report.promise() ? "on: " : "OFF: ") + why(report),
        "at risk  " + atRisk(report),
        "         "
            + "polled values and QoS 0 messages have no acknowledgement: those of the last "
            + duration(report.commitInterval().plus(RiskReport.SYNC))
            + " may be lost",
        "outage   " + outage(report),
        "flash    " + flash(report),
        "load     " + load(report.load()));
  }

  /** How long the cloud may be away. */
  public static String outage(RiskReport report) {
    return outage(report, "buffer.maxBytes");
  }

  /**
   * @param room what the budget of the report is, in words
   */
  public static String outage(RiskReport report, String room) {
    if (report.load().frameBytes() <= 0) {
      return "no windows are expected, so the budget covers any outage";
    }
    return days(report.outageDays())
        + " of windows at full resolution fit into "
        + room
        + " ("
        + binary(report.maxBytes())
        + ")";
  }

  /** What the flash is given to write. */
  public static String flash(RiskReport report) {
    return "about "
        + count(report.syncsPerDay())
        + " syncs and "
        + bytes(report.flashBytesPerDay())
        + " a day, "
        + bytes(report.recordBytesPerDay())
        + " of it records; assumed are a page of 4 KiB and 12 KiB of file system for each sync";
  }

  private static String load(Load load) {
    return String.format(
            Locale.ROOT,
            "%s readings/s in %s messages/s, ",
            rate(load.readings()),
            rate(load.messages()))
        + load.source();
  }

  private static String rate(double perSecond) {
    return perSecond >= 10 ? count(perSecond) : String.format(Locale.ROOT, "%.2f", perSecond);
  }

  static String days(double days) {
    if (days >= 10 * YEARS) {
      return "more than 10 years";
    }
    if (days >= 2) {
      return "about " + count(days) + " days";
    }
    return String.format(Locale.ROOT, "about %.1f hours", days * 24);
  }

  static String count(double amount) {
    if (amount >= 1e6) {
      return String.format(Locale.ROOT, "%.1f million", amount / 1e6);
    }
    return String.format(Locale.ROOT, "%.0f", amount);
  }

  /** As sizes are configured. */
  private static String binary(long bytes) {
    double mebibytes = bytes / 1048576.0;
    return mebibytes < 1_024
        ? String.format(Locale.ROOT, "%.0f MiB", mebibytes)
        : String.format(Locale.ROOT, "%.1f GiB", mebibytes / 1_024);
  }

  static String bytes(double amount) {
    int unit = 0;
    double left = amount;
    while (left >= 1_000 && unit < DECIMAL.length - 1) {
      left /= 1_000;
      unit++;
    }
    return String.format(
        Locale.ROOT, left >= 10 || unit == 0 ? "%.0f %s" : "%.1f %s", left, DECIMAL[unit]);
  }

  private static String duration(Duration duration) {
    double seconds = duration.toMillis() / 1e3;
    return seconds < 1
        ? duration.toMillis() + " ms"
        : String.format(Locale.ROOT, "%.1f s", seconds);
  }
}
