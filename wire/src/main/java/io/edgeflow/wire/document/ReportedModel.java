package io.edgeflow.wire.document;

/**
 * A slot and the model that scores in it. Texts are cut to {@link Reported#MAX_TEXT} characters
 * when they are written.
 *
 * @param node which process scores, where that is not the edge itself; else empty
 * @param name empty, as version and digest, while no model serves
 * @param state a word such as {@code serving}; a reader must bear others than it knows
 * @param detail why, for people; empty if all is well
 * @param shadow the model that is compared; empty if there is none
 * @param scored rows since the process started
 * @param errors rows without a score
 * @param dropped readings that no slot saw, because scoring was behind
 * @param p50Micros of calls; not negative
 * @param p99Micros of calls; not negative
 */
public record ReportedModel(
    String slot,
    String node,
    String name,
    String version,
    String digest,
    String provider,
    String state,
    String detail,
    String shadow,
    long scored,
    long errors,
    long dropped,
    double p50Micros,
    double p99Micros) {
  public ReportedModel {
    if (slot.isEmpty()) {
      throw new IllegalArgumentException("a model without a slot");
    }
    if (scored < 0 || errors < 0 || dropped < 0) {
      throw new IllegalArgumentException("a count of a model is negative");
    }
    if (!isTime(p50Micros) || !isTime(p99Micros)) {
      throw new IllegalArgumentException("a time of a model is none");
    }
  }

  private static boolean isTime(double micros) {
    return Double.isFinite(micros) && micros >= 0;
  }
}
