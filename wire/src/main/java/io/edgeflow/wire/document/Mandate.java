package io.edgeflow.wire.document;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * What a site's orchestrator may do of a rollout while the cloud is away: the payload of a signed
 * envelope (R6). It holds the documents of each edge, signed by the cloud, so the orchestrator
 * needs no key of its own and can ask for nothing that the cloud did not.
 *
 * @param edge the orchestrator
 * @param lasts from when the orchestrator got it, by its monotonic clock; whole seconds. Going back
 *     needs no mandate and is always allowed
 * @param waves in order; those that the cloud began already included
 * @param failuresAllowed of edges of the site in the whole rollout, before all of them go back
 * @param patience how long a wave may take, its soak included, before it counts as failed; whole
 *     seconds
 */
public record Mandate(
    String audience,
    String edge,
    String rollout,
    long issuedMillis,
    Duration lasts,
    List<Wave> waves,
    int failuresAllowed,
    Duration patience) {
  /** Of the payload, in the envelope that signs it. */
  public static final String TYPE = "application/vnd.edgeflow.mandate+json";

  /** Of the signed document. */
  public static final int MAX_SIGNED_BYTES = 2 * 1024 * 1024;

  /** Those that begin at once. */
  public record Wave(List<Member> members) {
    public Wave {
      members = List.copyOf(members);
    }
  }

  /**
   * @param forward the signed document that lets it begin
   * @param back the signed document, of a higher number, that returns it to what it ran
   */
  public record Member(String edge, String forward, String back) {}

  public Mandate {
    waves = List.copyOf(waves);
    if (failuresAllowed < 0 || lasts.isNegative() || patience.isNegative()) {
      throw new IllegalArgumentException("a bound of a mandate is negative");
    }
  }

  public String text() {
    return MandateJson.write(this);
  }

  /** Reads a payload whose signature was verified. */
  public static Parsed<Mandate> parse(byte[] payload) {
    return MandateJson.read(payload);
  }

  public static Parsed<Mandate> parse(String payload) {
    return parse(payload.getBytes(StandardCharsets.UTF_8));
  }
}
