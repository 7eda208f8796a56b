package io.edgeflow.wire.document;

import java.util.List;
import java.util.Optional;

/**
 * What an edge runs and how that does: retained, replaced as a whole by the next one.
 *
 * @param version of this document's form; a reader takes every version and leaves out what it does
 *     not know
 * @param timeMicros when the edge drew it up, by its own clock
 * @param software name and version of the program
 * @param models by slot; an edge says no more than fits
 * @param omitted models that found no room
 * @param deployment how far it is with what it was asked to run; empty where it takes no documents
 * @param health how the edge itself is; empty where it does not say
 */
public record Reported(
    String edge,
    int version,
    long timeMicros,
    String software,
    List<ReportedModel> models,
    int omitted,
    Optional<Deployment> deployment,
    Optional<EdgeHealth> health) {
  public static final int VERSION = 2;

  /** No document is longer; a reader refuses one that is. */
  public static final int MAX_BYTES = 16 * 1024;

  public static final int MAX_MODELS = 64;
  public static final int MAX_TEXT = 300;

  /** Of an edge that takes no documents. */
  public Reported(
      String edge,
      int version,
      long timeMicros,
      String software,
      List<ReportedModel> models,
      int omitted) {
    this(edge, version, timeMicros, software, models, omitted, Optional.empty());
  }

  /** Of an edge that does not say how it is. */
  public Reported(
      String edge,
      int version,
      long timeMicros,
      String software,
      List<ReportedModel> models,
      int omitted,
      Optional<Deployment> deployment) {
    this(edge, version, timeMicros, software, models, omitted, deployment, Optional.empty());
  }

  public Reported {
    if (omitted < 0) {
      throw new IllegalArgumentException("omitted is negative");
    }
    models = List.copyOf(models);
  }

  /** At most {@link #MAX_BYTES}: models that do not fit are left out and counted. */
  public byte[] toBytes() {
    int kept = Math.min(models.size(), MAX_MODELS);
    byte[] bytes = first(kept);
    while (bytes.length > MAX_BYTES && kept > 0) {
      bytes = first(--kept);
    }
    return bytes;
  }

  /** Reads one leniently: unknown fields are ignored; anything else unexpected is refused. */
  public static Parsed<Reported> parse(byte[] bytes) {
    return ReportedJson.read(bytes);
  }

  private byte[] first(int kept) {
    return ReportedJson.write(
        new Reported(
            edge,
            version,
            timeMicros,
            software,
            models.subList(0, kept),
            omitted + models.size() - kept,
            deployment,
            health));
  }
}
