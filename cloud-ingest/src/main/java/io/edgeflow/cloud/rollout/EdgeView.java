package io.edgeflow.cloud.rollout;

import io.edgeflow.wire.document.DeployedSlot;
import io.edgeflow.wire.document.Deployment;
import io.edgeflow.wire.document.DesiredSlot;
import io.edgeflow.wire.document.PayloadKind;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the cloud knows of one edge.
 *
 * @param online whether it is connected, as its presence tells (R4); where no presence is to be
 *     had, whether it was heard lately
 * @param heard when anything of it arrived last, by the cloud's clock
 * @param issued the newest document that was made for it
 * @param deployment of its newest report; empty while it has not said that it takes documents
 * @param denied digests that it refused and that nobody forgave (R3), as the cloud remembers them
 * @param slots that models run in, as its report names them; empty where it names none, or not all
 */
public record EdgeView(
    String edge,
    String site,
    Map<String, String> labels,
    ZoneId zone,
    boolean online,
    Optional<Instant> heard,
    Optional<Issued> issued,
    Optional<Deployment> deployment,
    Set<String> denied,
    Set<String> slots) {
  public EdgeView {
    labels = Map.copyOf(labels);
    denied = Set.copyOf(denied);
    slots = Set.copyOf(slots);
  }

  /**
   * The newest document of an edge.
   *
   * @param digest of the document itself
   */
  public record Issued(long number, String digest, List<DesiredSlot> slots) {
    public Issued {
      slots = List.copyOf(slots);
    }
  }

  /** What the newest document asks for there. */
  Optional<DesiredSlot> desired(PayloadKind payload, String slot) {
    return issued.stream()
        .flatMap(document -> document.slots().stream())
        .filter(found -> found.kind() == payload && found.slot().equals(slot))
        .findFirst();
  }

  /** What the edge says of it, whichever document that follows. */
  Optional<DeployedSlot> deployed(PayloadKind payload, String slot) {
    return deployment.stream()
        .flatMap(said -> said.slots().stream())
        .filter(found -> found.kind() == payload && found.slot().equals(slot))
        .findFirst();
  }

  /** Whether its report follows the newest document: no other report passes a gate (R4). */
  public boolean sawNewest() {
    return issued.isPresent()
        && deployment.isPresent()
        && deployment.get().number() == issued.get().number()
        && deployment.get().desired().equals(issued.get().digest());
  }

  /** Whether it follows another document of the same number: two clouds speak to it (R1). */
  boolean conflicts() {
    return issued.isPresent()
        && deployment.isPresent()
        && deployment.get().number() == issued.get().number()
        && !deployment.get().desired().isEmpty()
        && !deployment.get().desired().equals(issued.get().digest());
  }

  boolean denies(String digest) {
    return denied.contains(digest)
        || (deployment.isPresent() && deployment.get().denied().contains(digest));
  }

  boolean pins(String slot) {
    return deployment.isPresent() && deployment.get().pinned().contains(slot);
  }
}
