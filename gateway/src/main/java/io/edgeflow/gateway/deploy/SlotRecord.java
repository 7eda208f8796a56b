package io.edgeflow.gateway.deploy;

import static java.util.Objects.requireNonNull;

import io.edgeflow.wire.document.Evidence;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the journal says of a slot.
 *
 * @param detail why it stands there, for people
 * @param previous digest of what served before; empty for what the configuration names, or nothing
 * @param sinceMillis when it came there, by the edge's clock
 * @param former digest of a model of an earlier document that may still be in the slot without
 *     having proved itself; empty if there is none
 * @param number of the bundle among its model's versions; 0 while that is not known
 * @param evidence of what was seen before this start, or altogether once it ended
 * @param proven digests that did well here, the latest first
 */
record SlotRecord(
    String slot,
    Target target,
    Step step,
    String detail,
    String previous,
    long sinceMillis,
    String former,
    long number,
    Evidence evidence,
    List<String> proven) {
  private static final int MOST_PROVEN = 16;
  private static final int LONGEST_DETAIL = 300;

  /** A file that somebody edited may lack anything. */
  SlotRecord {
    requireNonNull(slot);
    requireNonNull(target);
    requireNonNull(step);
    detail = detail.length() > LONGEST_DETAIL ? detail.substring(0, LONGEST_DETAIL) : detail;
    requireNonNull(previous);
    requireNonNull(former);
    requireNonNull(evidence);
    proven = List.copyOf(proven);
  }

  /** Of a slot that no document named before. */
  static SlotRecord first(String slot, Target target, long millis) {
    return new SlotRecord(
        slot, target, Step.QUEUED, "", "", millis, "", 0, Evidence.NONE, List.of());
  }

  String digest() {
    return target.digest();
  }

  boolean provedBefore() {
    return proven.contains(digest());
  }

  /** It stands somewhere else now. */
  SlotRecord at(Step next, String why, long millis) {
    return new SlotRecord(
        slot, target, next, why, previous, millis, former, number, evidence, proven);
  }

  /** Something else is to run. */
  SlotRecord queued(Target next, long millis) {
    String mayLinger = step.mayBeInSlot() ? digest() : former;
    return new SlotRecord(
        slot,
        next,
        Step.QUEUED,
        "",
        previous,
        millis,
        mayLinger.equals(next.digest()) ? "" : mayLinger,
        0,
        Evidence.NONE,
        proven);
  }

  SlotRecord target(Target next) {
    return new SlotRecord(
        slot, next, step, detail, previous, sinceMillis, former, number, evidence, proven);
  }

  SlotRecord withoutFormer() {
    return new SlotRecord(
        slot, target, step, detail, previous, sinceMillis, "", number, evidence, proven);
  }

  SlotRecord number(long ofBundle) {
    return new SlotRecord(
        slot, target, step, detail, previous, sinceMillis, former, ofBundle, evidence, proven);
  }

  SlotRecord previous(String digest) {
    return new SlotRecord(
        slot, target, step, detail, digest, sinceMillis, former, number, evidence, proven);
  }

  SlotRecord evidence(Evidence seen) {
    return new SlotRecord(
        slot, target, step, detail, previous, sinceMillis, former, number, seen, proven);
  }

  /** It serves and did well. */
  SlotRecord proven(String why, long millis) {
    List<String> all =
        target.isConfigured()
            ? proven
            : Stream.concat(Stream.of(digest()), proven.stream())
                .distinct()
                .limit(MOST_PROVEN)
                .toList();
    return new SlotRecord(
        slot, target, Step.PROVEN, why, previous, millis, "", number, evidence, all);
  }
}
