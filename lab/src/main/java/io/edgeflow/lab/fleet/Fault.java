package io.edgeflow.lab.fleet;

import java.util.Locale;

/**
 * What may be wrong with a model. Each proves itself on its golden vectors, but for {@link #WRONG}.
 */
public enum Fault {
  NONE,
  /** It does not give what it promises. */
  WRONG,
  /** Its scores of real readings are no numbers. */
  NAN,
  /** A call takes far longer than it may. */
  SLOW,
  /** Every row is beyond its threshold. */
  ALARMS,
  /** Memory grows while it serves; the graph is good, the meter of the edge is told. */
  LEAKS;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
