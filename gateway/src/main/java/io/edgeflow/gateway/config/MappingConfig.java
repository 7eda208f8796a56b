package io.edgeflow.gateway.config;

import io.edgeflow.process.settings.Check;
import io.edgeflow.process.settings.Default;

/**
 * Which topics are readings.
 *
 * @param topic literal levels, then {@code <device>/<point...>}
 * @param onSameTime what becomes of another value with the same stamp (I1)
 */
public record MappingConfig(
    @Default("sensors/<device>/<point...>") String topic, @Default("keep") OnSameTime onSameTime) {
  public static final MappingConfig DEFAULT =
      new MappingConfig("sensors/<device>/<point...>", OnSameTime.KEEP);

  private static final String NAMES = "/<device>/<point...>";

  /** What becomes of a second value with the same stamp. */
  public enum OnSameTime {
    KEEP,
    FIRST
  }

  public MappingConfig {
    new Check()
        .that(
            topic.endsWith(NAMES)
                && topic.length() > NAMES.length()
                && topic.indexOf('<') == topic.length() - NAMES.length() + 1
                && topic.chars().noneMatch(c -> c == '#' || c == '+' || c == 0)
                && !topic.startsWith("$"),
            "topic",
            "must be fixed levels and then <device>/<point...>: sensors/<device>/<point...>")
        .orRefuse();
  }

  /** The fixed levels, without the slash behind them: {@code sensors}. */
  public String prefix() {
    return topic.substring(0, topic.length() - NAMES.length());
  }
}
