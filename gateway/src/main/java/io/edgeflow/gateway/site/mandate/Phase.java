package io.edgeflow.gateway.site.mandate;

import java.util.Locale;

/** How far a mandate is. */
public enum Phase {
  /** It may be made use of while the cloud is away. */
  HELD,
  /** Every wave is through. */
  DONE,
  /** Everyone who began goes back. */
  BACK,
  /** The cloud has decided otherwise since it issued it. */
  VOID;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
