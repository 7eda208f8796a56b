package io.edgeflow.wire.document;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What an edge should run: the payload of a signed envelope, retained on its topic, replaced as a
 * whole by the next one (R1). What it does not name stays as it is: absence is no command.
 *
 * @param audience the cloud whose edges these are; an edge takes no document of another one
 * @param number rises from document to document of an edge; equal number and digest: nothing new;
 *     equal number, other digest: a conflict for a person
 * @param issuedMillis milliseconds since the epoch, by the cloud's clock
 * @param keys number of the newest key document that the cloud knows; 0 for none
 * @param slots what is to run, by slot
 * @param disabled names of models that must not score, whatever slots say, until a later document
 *     no longer names them
 * @param forgiven digests that the edge may try again, though it refuses them (R3)
 * @param denied digests that this edge refused before, given back to one that lost its memory (R3)
 * @param floors by model the highest number that this edge took before; for the same
 * @param mandate where the edge orchestrates a site, what it may finish alone (R6)
 */
public record Desired(
    String audience,
    String edge,
    long number,
    long issuedMillis,
    int keys,
    List<DesiredSlot> slots,
    List<String> disabled,
    List<String> forgiven,
    List<String> denied,
    Map<String, Long> floors,
    Optional<MandateName> mandate) {
  /** Of the payload, in the envelope that signs it. */
  public static final String TYPE = "application/vnd.edgeflow.desired+json";

  /** Of the signed document with its signature; an edge refuses a longer one. */
  public static final int MAX_SIGNED_BYTES = 4 * 1024;

  public static final int MAX_ENTRIES = 32;

  /**
   * A mandate, which is fetched by its digest.
   *
   * @param digest SHA-256 of the signed document's bytes
   */
  public record MandateName(String rollout, String digest) {
    public MandateName {
      Digests.check(digest, false);
    }
  }

  public Desired {
    if (number < 1) {
      throw new IllegalArgumentException("a document without a number");
    }
    slots = List.copyOf(slots);
    disabled = List.copyOf(disabled);
    forgiven = List.copyOf(forgiven);
    denied = List.copyOf(denied);
    forgiven.forEach(digest -> Digests.check(digest, false));
    denied.forEach(digest -> Digests.check(digest, false));
    floors = Collections.unmodifiableMap(new TreeMap<>(floors));
    if (slots.stream().map(DesiredSlot::slot).distinct().count() < slots.size()) {
      throw new IllegalArgumentException("a slot is named twice");
    }
  }

  /** Nothing to run yet. */
  public static Desired empty(String audience, String edge, long number, long issuedMillis) {
    return new Desired(
        audience,
        edge,
        number,
        issuedMillis,
        0,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        Map.of(),
        Optional.empty());
  }

  /** The text that is signed. The same document has the same text, so its digest names it. */
  public String text() {
    return DesiredJson.write(this);
  }

  /** SHA-256 of {@link #text}; what a report echoes (R4). */
  public String digest() {
    return Digests.of(text());
  }

  /**
   * Reads a payload whose signature was verified. Unknown fields are ignored; anything else that is
   * unexpected is refused.
   */
  public static Parsed<Desired> parse(byte[] payload) {
    return DesiredJson.read(payload);
  }

  public static Parsed<Desired> parse(String payload) {
    return parse(payload.getBytes(StandardCharsets.UTF_8));
  }
}
