package io.edgeflow.inference.bundle;

import io.edgeflow.process.settings.Check;
import io.edgeflow.process.settings.Default;

/**
 * One number that the model answers, by its place in the output.
 *
 * @param name the last word of the score's series
 */
public record Output(
    String name,
    @Default("") String unit,
    @Default("score") Meaning meaning,
    @Default("") String description) {
  private static final int LONGEST_UNIT = 32;
  private static final int LONGEST_DESCRIPTION = 500;

  /** What the number says. */
  public enum Meaning {
    /** How unusual the input is: any finite number. */
    SCORE,
    /** How likely a class is: 0 to 1. */
    PROBABILITY,
    /** An estimate of a quantity, in its unit. */
    VALUE
  }

  public Output {
    new Check()
        .that(Manifest.WORD.matcher(name).matches(), "name", Rules.WORD)
        .that(unit.length() <= LONGEST_UNIT, "unit", "must be 32 characters or fewer")
        .that(
            description.length() <= LONGEST_DESCRIPTION,
            "description",
            "must be 500 characters or fewer")
        .orRefuse();
  }
}
