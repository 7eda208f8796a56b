package io.edgeflow.cloud.rollout;

import io.edgeflow.wire.document.Evidence;
import java.util.Optional;

/**
 * One edge of a rollout, as far as it got.
 *
 * @param wave with which it begins, counted from 0
 * @param before what it goes back to
 * @param issuedMillis when it was first asked; 0 for not yet
 * @param proven it said that its soak is over
 * @param trouble why it counts as failed, if it does
 * @param evidence the last that it reported of this rollout's bundle
 * @param detail what the last news of it was, for people
 */
public record Member(
    String edge,
    String site,
    int wave,
    Step step,
    Before before,
    long issuedMillis,
    boolean proven,
    Optional<Trouble> trouble,
    Optional<Evidence> evidence,
    String detail) {
  /** How far an edge is, as the cloud knows it from reports that follow its newest document. */
  public enum Step {
    /** It is never asked while the reason in {@code detail} holds. */
    APART,
    WAITING,
    /** Its document is out; it has not said that it saw it. */
    ISSUED,
    /** It saw its document, and fetches what it names. */
    UNDERWAY,
    /** It has everything, and tries it: loads it, compares it with the one that serves. */
    TRYING,
    /** It serves; not all that it takes to pass is there yet. */
    ACTIVE,
    PASSED,
    /** Its document names what it ran before. */
    GOING_BACK,
    BACK,
    /** It could not go back: a person must look. */
    STUCK;

    /** Whether it is asked to run the new bundle. */
    public boolean forward() {
      return this == ISSUED
          || this == UNDERWAY
          || this == TRYING
          || this == ACTIVE
          || this == PASSED;
    }

    /** Whether the rollout changes it just now. */
    public boolean changing() {
      return (forward() && this != PASSED) || this == GOING_BACK;
    }
  }

  /**
   * What the slot's document named before the rollout.
   *
   * @param digest empty for what the edge's own configuration names
   */
  public record Before(String model, String version, String digest) {
    static final Before CONFIGURED = new Before("", "", "");
  }

  /**
   * @param wave which was running then; the failure counts against it
   * @param accepted a person resumed the rollout knowing of it: it no longer counts
   */
  public record Trouble(Kind kind, int wave, String why, long atMillis, boolean accepted) {
    /** Who found it. */
    public enum Kind {
      /** The edge itself went back, or could not begin. */
      EDGE,
      /** The rollout's gates, by the evidence that the edge reported. */
      GATE,
      /** It tries or serves it and is no longer heard. This one heals when it is heard again. */
      SILENCE
    }
  }

  /** Whether its failure still counts against a wave. */
  boolean failed() {
    return trouble.isPresent() && !trouble.get().accepted();
  }

  Member at(Step next, String news) {
    return new Member(
        edge, site, wave, next, before, issuedMillis, proven, trouble, evidence, news);
  }

  Member goingTo(Before other) {
    return new Member(
        edge, site, wave, step, other, issuedMillis, proven, trouble, evidence, detail);
  }

  Member inWave(int other) {
    return new Member(
        edge, site, other, step, before, issuedMillis, proven, trouble, evidence, detail);
  }

  Member issued(Before from, long nowMillis) {
    return new Member(
        edge,
        site,
        wave,
        Step.ISSUED,
        from,
        nowMillis,
        false,
        Optional.empty(),
        Optional.empty(),
        "");
  }

  Member with(boolean isProven, Evidence seen) {
    return new Member(
        edge, site, wave, step, before, issuedMillis, isProven, trouble, Optional.of(seen), detail);
  }

  Member with(Optional<Trouble> found) {
    return new Member(
        edge, site, wave, step, before, issuedMillis, proven, found, evidence, detail);
  }
}
