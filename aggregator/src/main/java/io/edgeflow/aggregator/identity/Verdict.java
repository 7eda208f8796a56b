package io.edgeflow.aggregator.identity;

/** What the memory of recent stamps says of a reading that carries its sender's stamp (I1, I2). */
public enum Verdict {
  /** Never seen. */
  FRESH,
  /** The same stamp and value bits were accepted before. */
  DUPLICATE,
  /** The same stamp was accepted before, with another value only. */
  CONFLICT,
  /** Not remembered, but old enough to have been forgotten: fold it and count it apart. */
  UNVERIFIABLE
}
