package io.edgeflow.wire.payload;

/**
 * Which topics are readings, what is in their payloads, and what the series are called.
 *
 * @param keepFirst whether a second value with the same stamp is dropped instead of kept (I1)
 * @param ignoresRetained whether what is published to be retained is no reading: who publishes it
 *     says it again whenever it connects
 */
public record Mapping(
    TopicPattern topic,
    Form form,
    SeriesTemplate series,
    boolean keepFirst,
    boolean ignoresRetained) {
  /**
   * {@code <prefix>/<device>/<point...>} with the forms that need no explanation.
   *
   * @param prefix fixed levels without the slash behind them: {@code sensors}
   */
  public Mapping(String prefix, boolean keepFirst) {
    this(
        TopicPattern.parse(prefix + "/<device>/<point...>"),
        new Form.Auto(PointPolicy.NONE),
        SeriesTemplate.parse("<device>/<point>"),
        keepFirst,
        false);
  }
}
