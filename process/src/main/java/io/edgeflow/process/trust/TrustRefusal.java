package io.edgeflow.process.trust;

import java.util.Locale;

/**
 * Why something is not trusted.
 *
 * @param detail for people
 */
public record TrustRefusal(Reason reason, String detail) {
  /** For events, reports and tests. */
  public enum Reason {
    /** Nobody signed it. */
    UNSIGNED,
    /** It cannot be read as what it should be. */
    UNREADABLE,
    /** Nobody whose signature counts signed exactly this. */
    UNKNOWN_SIGNER,
    /** What was signed is not what is there. */
    TAMPERED,
    /** It, or its signer's key, was good until a time that is past. */
    EXPIRED,
    /** A newer one was seen before. */
    DOWNGRADED;

    /** As it stands in events and documents. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  @Override
  public String toString() {
    return reason.word() + ": " + detail;
  }
}
