package io.edgeflow.cloud.deploy;

import io.edgeflow.wire.document.Desired;
import io.edgeflow.wire.document.DesiredSlot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one edge shall be told, as the database has it now. Pure.
 *
 * @param above a document of this edge must have a higher number: the highest that was signed for
 *     it or that it ever reported (R1)
 * @param takesDocuments it reported that it does
 * @param denied digests that it refused and, by its last report, no longer knows of; oldest first
 * @param keysThere the newest key document that it reported
 */
record Parts(
    int edgeId,
    String edge,
    long above,
    boolean takesDocuments,
    List<DesiredSlot> slots,
    List<String> disabled,
    List<String> forgiven,
    List<String> denied,
    Floors floors,
    Optional<Desired.MandateName> mandate,
    int keys,
    int keysThere) {

  /**
   * As if this slot were told in the next document but so many.
   *
   * @param model whose bundle that is, also where the slot does not say it
   */
  Parts with(DesiredSlot slot, String model, long skipped) {
    List<DesiredSlot> other = new ArrayList<>(slots);
    other.removeIf(one -> one.slot().equals(slot.slot()));
    other.add(slot);
    other.sort(Comparator.comparing(DesiredSlot::slot));
    return new Parts(
        edgeId,
        edge,
        above + skipped,
        takesDocuments,
        other,
        disabled,
        forgiven,
        denied,
        floors.with(model),
        mandate,
        keys,
        keysThere);
  }

  /** Whether an edge that was told nothing yet has to be told something. */
  boolean saySomething() {
    return !slots.isEmpty()
        || !forgiven.isEmpty()
        || !denied.isEmpty()
        || !floors.all().isEmpty()
        || mandate.isPresent()
        || (takesDocuments && (!disabled.isEmpty() || keys > keysThere));
  }

  /**
   * Whether this document does not say all of it. What was given back or forgiven before and no
   * longer has to be said is no reason for another document.
   */
  boolean differFrom(Desired said) {
    return !slots.equals(said.slots())
        || !new HashSet<>(disabled).equals(new HashSet<>(said.disabled()))
        || !mandate.equals(said.mandate())
        || keys > said.keys()
        || !said.forgiven().containsAll(forgiven)
        || !said.denied().containsAll(denied)
        || floors.needed().entrySet().stream()
            .anyMatch(floor -> said.floors().getOrDefault(floor.getKey(), 0L) < floor.getValue());
  }

  /**
   * The document.
   *
   * @param givenBack how many of the denied digests it names, the newest
   * @param least the floors that it names
   */
  Desired document(String audience, long issuedMillis, int givenBack, Map<String, Long> least) {
    return new Desired(
        audience,
        edge,
        above + 1,
        issuedMillis,
        keys,
        slots,
        disabled,
        forgiven,
        denied.subList(denied.size() - givenBack, denied.size()),
        least,
        mandate);
  }
}
