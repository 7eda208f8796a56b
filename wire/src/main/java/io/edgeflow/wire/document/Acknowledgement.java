package io.edgeflow.wire.document;

import java.util.List;

/**
 * What the cloud's database knows. State, not a command: lost, repeated and reordered ones do no
 * harm (L2).
 *
 * @param full answers one page of hello: it names every incarnation of that page, if need be
 *     without any lane, and says of these all that the cloud knows. What it does not name of them,
 *     the cloud does not have (L3)
 * @param database system id and timeline, {@code 7301234567890/1}; a change makes the edge say
 *     hello again (L12)
 * @param cloudMicros the cloud's clock, microseconds since the epoch
 * @param creditBytes how many bytes of frames may be without a verdict (L4); absolute
 * @param frameVersion the newest version of frames that both ends know
 */
public record Acknowledgement(
    boolean full,
    String database,
    long cloudMicros,
    long creditBytes,
    int frameVersion,
    List<IncarnationVerdicts> incarnations) {
  public Acknowledgement {
    if (creditBytes < 0) {
      throw new IllegalArgumentException("credit below zero: " + creditBytes);
    }
    incarnations = List.copyOf(incarnations);
  }

  public byte[] toBytes() {
    return AcknowledgementJson.write(this);
  }

  /**
   * Reads one leniently: unknown fields are ignored, and so are verdicts of words that this version
   * does not know, because what is not named exactly is ignored (L2). Anything else unexpected is
   * refused.
   */
  public static Parsed<Acknowledgement> parse(byte[] bytes) {
    return AcknowledgementJson.read(bytes);
  }
}
