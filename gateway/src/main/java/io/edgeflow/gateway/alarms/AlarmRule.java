package io.edgeflow.gateway.alarms;

import io.edgeflow.gateway.rawcapture.Span;
import io.edgeflow.process.settings.Glob;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * One condition over every series that matches.
 *
 * @param name unlike every other rule's, at most 64 characters
 * @param onDelayMicros how long the condition must hold before the alarm is raised, by the
 *     readings' own times or by monotonic time, whichever says so first
 * @param offDelayMicros how long it must not hold before the alarm returns
 * @param advice what a person should do; empty if nothing is said
 * @param capture how much of the raw readings goes to the cloud when it is raised
 */
public record AlarmRule(
    String name,
    Glob series,
    AlarmCondition condition,
    long onDelayMicros,
    long offDelayMicros,
    AlarmPriority priority,
    String advice,
    Span capture) {
  private static final int ID_BYTES = 8;

  public AlarmRule {
    if (name.isBlank() || onDelayMicros < 0 || offDelayMicros < 0) {
      throw new IllegalArgumentException("a rule needs a name, and delays of 0 or more");
    }
  }

  /** With the usual raw readings around it. */
  public AlarmRule(
      String name,
      Glob series,
      AlarmCondition condition,
      long onDelayMicros,
      long offDelayMicros,
      AlarmPriority priority,
      String advice) {
    this(name, series, condition, onDelayMicros, offDelayMicros, priority, advice, Span.STANDARD);
  }

  /**
   * The alarm of this rule for one series: 16 hexadecimal digits that depend on both names alone,
   * so an alarm is the same one after a restart and with another limit.
   */
  String alarmId(String seriesName) {
    try {
      byte[] names = (name + "\n" + seriesName).getBytes(StandardCharsets.UTF_8);
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(names);
      return HexFormat.of().formatHex(digest, 0, ID_BYTES);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
