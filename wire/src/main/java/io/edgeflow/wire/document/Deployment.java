package io.edgeflow.wire.document;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an edge says of the documents that it was sent, within {@link Reported}.
 *
 * @param start names this start of the edge's process (R4)
 * @param number of the document that it follows; 0 for none yet
 * @param desired digest of that document; empty for none yet
 * @param keys number of the newest key document that it knows
 * @param refusal why the last other document was not taken; empty if none was refused since
 * @param slots how far each is, at most {@value #MAX_SLOTS}
 * @param denied digests that it refuses until a person forgives, at most {@value #MAX_DENIED}
 * @param floors by model the highest number of a bundle that served here (R3)
 * @param pinned slots that a person at the edge keeps as they are
 */
public record Deployment(
    String start,
    long number,
    String desired,
    int keys,
    String refusal,
    List<DeployedSlot> slots,
    List<String> denied,
    Map<String, Long> floors,
    List<String> pinned) {
  public static final int MAX_SLOTS = 16;
  public static final int MAX_DENIED = 32;
  public static final int MAX_FLOORS = 16;
  public static final int MAX_DETAIL = 160;

  public Deployment {
    Digests.check(desired, true);
    slots = List.copyOf(slots);
    denied = List.copyOf(denied);
    pinned = List.copyOf(pinned);
    denied.forEach(digest -> Digests.check(digest, false));
    floors = Collections.unmodifiableMap(new TreeMap<>(floors));
    if (slots.size() > MAX_SLOTS
        || denied.size() > MAX_DENIED
        || floors.size() > MAX_FLOORS
        || pinned.size() > MAX_SLOTS) {
      throw new IllegalArgumentException("a deployment names more than is said at once");
    }
  }
}
