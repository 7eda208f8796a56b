package io.edgeflow.gateway.deploy;

import io.edgeflow.wire.document.Deployment;
import io.edgeflow.wire.document.Desired;
import io.edgeflow.wire.document.DesiredSlot;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * All that an agent knows, as it stands on the disk. Immutable.
 *
 * @param number of the document that it follows; 0 for none yet
 * @param digest of that document; empty for none yet
 * @param slots by name
 * @param denied why, by digest of what it refuses
 * @param floors by model the highest number of a bundle that did well here
 * @param pinned who keeps a slot as it is, and why, by slot
 * @param disabled names of models that must not score
 * @param switchedOff by slot that was disabled for that the name of its model
 * @param forgiven digests that the document lets be tried again
 */
record AgentState(
    int schema,
    long number,
    String digest,
    SequencedMap<String, SlotRecord> slots,
    SequencedMap<String, String> denied,
    SequencedMap<String, Long> floors,
    SequencedMap<String, String> pinned,
    List<String> disabled,
    SequencedMap<String, String> switchedOff,
    List<String> forgiven) {
  static final int SCHEMA = 1;
  static final AgentState EMPTY =
      new AgentState(
          SCHEMA,
          0,
          "",
          new LinkedHashMap<>(),
          new LinkedHashMap<>(),
          new LinkedHashMap<>(),
          new LinkedHashMap<>(),
          List.of(),
          new LinkedHashMap<>(),
          List.of());

  private static final String GIVEN_BACK = "it was refused here before, as the cloud remembers";

  AgentState {
    slots = copy(slots);
    denied = copy(denied);
    floors = copy(floors);
    pinned = copy(pinned);
    disabled = List.copyOf(disabled);
    switchedOff = copy(switchedOff);
    forgiven = List.copyOf(forgiven);
  }

  private static <T> SequencedMap<String, T> copy(SequencedMap<String, T> map) {
    return Collections.unmodifiableSequencedMap(new LinkedHashMap<>(map));
  }

  /** A newer document is followed from now on (R1, R3). What it does not name stays. */
  AgentState follow(Desired desired, String documentDigest, long millis) {
    SequencedMap<String, String> refused = new LinkedHashMap<>(denied);
    desired.denied().forEach(one -> refused.putIfAbsent(one, GIVEN_BACK));
    desired.forgiven().forEach(refused::remove);
    SequencedMap<String, Long> least = new LinkedHashMap<>(floors);
    desired.floors().forEach((model, floor) -> least.merge(model, floor, Math::max));
    SequencedMap<String, SlotRecord> all = new LinkedHashMap<>(slots);
    for (DesiredSlot slot : desired.slots()) {
      all.put(slot.slot(), next(slot, desired.forgiven(), millis));
    }
    dropRejected(all);
    dropOldest(refused, Deployment.MAX_DENIED);
    dropFloors(least, all);
    return new AgentState(
        SCHEMA,
        desired.number(),
        documentDigest,
        all,
        refused,
        least,
        pinned,
        desired.disabled(),
        switchedOff,
        desired.forgiven());
  }

  private SlotRecord next(DesiredSlot slot, List<String> pardoned, long millis) {
    Target target = Target.of(slot);
    SlotRecord known = slots.get(slot.slot());
    if (known == null) {
      return SlotRecord.first(slot.slot(), target, millis);
    }
    boolean same = known.digest().equals(target.digest()) && known.target().kind() == target.kind();
    boolean again =
        !known.target().rollout().equals(target.rollout()) || pardoned.contains(target.digest());
    if (!same || (known.step().isBadEnd() && again)) {
      return known.queued(target, millis);
    }
    return known.target(
        target.model().isEmpty()
            ? target.named(known.target().model(), known.target().version())
            : target);
  }

  /** Names that nobody here knows must not drive out those of slots. */
  private static void dropRejected(SequencedMap<String, SlotRecord> all) {
    Iterator<SlotRecord> oldest = all.values().iterator();
    while (all.size() > Deployment.MAX_SLOTS && oldest.hasNext()) {
      if (oldest.next().step() == Step.REJECTED) {
        oldest.remove();
      }
    }
  }

  /** The oldest, but those of models in slots last: they keep older bundles out of these. */
  private static void dropFloors(
      SequencedMap<String, Long> floors, SequencedMap<String, SlotRecord> slots) {
    Set<String> asked =
        slots.values().stream().map(slot -> slot.target().model()).collect(Collectors.toSet());
    Iterator<String> oldest = floors.keySet().iterator();
    while (floors.size() > Deployment.MAX_FLOORS && oldest.hasNext()) {
      if (!asked.contains(oldest.next())) {
        oldest.remove();
      }
    }
    dropOldest(floors, Deployment.MAX_FLOORS);
  }

  private static <T> void dropOldest(SequencedMap<String, T> map, int most) {
    Iterator<?> oldest = map.entrySet().iterator();
    for (int i = map.size(); i > most; i--) {
      oldest.next();
      oldest.remove();
    }
  }

  AgentState slot(SlotRecord record) {
    SequencedMap<String, SlotRecord> all = new LinkedHashMap<>(slots);
    all.put(record.slot(), record);
    return with(all, denied, floors, pinned, switchedOff);
  }

  /** Its digest is refused from now on. */
  AgentState deny(String refusedDigest, String why) {
    SequencedMap<String, String> more = new LinkedHashMap<>(denied);
    more.remove(refusedDigest);
    more.put(refusedDigest, why);
    dropOldest(more, Deployment.MAX_DENIED);
    return with(slots, more, floors, pinned, switchedOff);
  }

  /** It may be tried again, and is where a document asks for it. */
  AgentState unblock(String pardoned, long millis) {
    SequencedMap<String, String> fewer = new LinkedHashMap<>(denied);
    fewer.remove(pardoned);
    SequencedMap<String, SlotRecord> all = new LinkedHashMap<>(slots);
    all.replaceAll(
        (_, record) ->
            record.digest().equals(pardoned) && record.step().isBadEnd()
                ? record.queued(record.target(), millis)
                : record);
    return with(all, fewer, floors, pinned, switchedOff);
  }

  AgentState pin(String slot, String words) {
    SequencedMap<String, String> more = new LinkedHashMap<>(pinned);
    more.put(slot, words);
    return with(slots, denied, floors, more, switchedOff);
  }

  /** What was rejected because of the pin is taken up again. */
  AgentState unpin(String slot, long millis) {
    SequencedMap<String, String> fewer = new LinkedHashMap<>(pinned);
    fewer.remove(slot);
    SequencedMap<String, SlotRecord> all = new LinkedHashMap<>(slots);
    all.computeIfPresent(
        slot,
        (_, record) ->
            record.step() == Step.REJECTED ? record.queued(record.target(), millis) : record);
    return with(all, denied, floors, fewer, switchedOff);
  }

  AgentState raiseFloor(String model, long floor) {
    if (floor == 0 || model.isEmpty()) {
      return this;
    }
    SequencedMap<String, Long> more = new LinkedHashMap<>(floors);
    more.merge(model, floor, Math::max);
    dropFloors(more, slots);
    return with(slots, denied, more, pinned, switchedOff);
  }

  AgentState switchOff(String slot, String model) {
    SequencedMap<String, String> more = new LinkedHashMap<>(switchedOff);
    more.put(slot, model);
    return with(slots, denied, floors, pinned, more);
  }

  AgentState switchedOn(String slot) {
    SequencedMap<String, String> fewer = new LinkedHashMap<>(switchedOff);
    fewer.remove(slot);
    return with(slots, denied, floors, pinned, fewer);
  }

  /** The least number of a model's bundle that is taken; what did well here or is forgiven, is. */
  long floor(SlotRecord record, String model) {
    return record.provedBefore() || forgiven.contains(record.digest())
        ? 0
        : floors.getOrDefault(model, 0L);
  }

  private AgentState with(
      SequencedMap<String, SlotRecord> newSlots,
      SequencedMap<String, String> newDenied,
      SequencedMap<String, Long> newFloors,
      SequencedMap<String, String> newPinned,
      SequencedMap<String, String> newSwitchedOff) {
    return new AgentState(
        SCHEMA,
        number,
        digest,
        newSlots,
        newDenied,
        newFloors,
        newPinned,
        disabled,
        newSwitchedOff,
        forgiven);
  }
}
