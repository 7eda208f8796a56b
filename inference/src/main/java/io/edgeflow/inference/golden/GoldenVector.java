package io.edgeflow.inference.golden;

import io.edgeflow.process.settings.Check;
import io.edgeflow.process.settings.Default;
import io.edgeflow.process.settings.Range;
import java.util.List;

/**
 * Readings of one subject and what must come of them.
 *
 * @param name says what it shows
 * @param subject the device, or the series where each is scored on its own
 * @param readings in the order in which they arrive
 * @param expected in order of time
 * @param complete whether these are all rows; else those that are not listed are not looked at
 * @param absolute how far a score may be off, in the output's unit
 * @param relative how far it may be off besides, as a part of the expected score
 */
public record GoldenVector(
    String name,
    String subject,
    List<GoldenReading> readings,
    List<Expectation> expected,
    @Default("true") boolean complete,
    @Default("0.0001") @Range(min = "0", max = "1000000000") double absolute,
    @Default("0.001") @Range(min = "0", max = "1") double relative) {
  private static final int LONGEST_NAME = 200;

  public GoldenVector {
    new Check()
        .that(
            !name.isBlank() && name.length() <= LONGEST_NAME,
            "name",
            "must be 1 to " + LONGEST_NAME + " characters")
        .that(!readings.isEmpty(), "readings", "must hold at least one")
        .that(!expected.isEmpty(), "expected", "must hold at least one")
        .that(rising(expected), "expected", "must be in order of time")
        .orRefuse();
  }

  /**
   * How far a score may be off.
   *
   * @param factor what the model file may deviate more
   */
  public double allowed(double expectedScore, double factor) {
    return (absolute + relative * Math.abs(expectedScore)) * factor;
  }

  private static boolean rising(List<Expectation> expected) {
    for (int i = 1; i < expected.size(); i++) {
      if (expected.get(i).time() < expected.get(i - 1).time()) {
        return false;
      }
    }
    return true;
  }
}
