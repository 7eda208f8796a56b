package io.edgeflow.inference.bundle;

/** Rules that several records state in the same words. */
final class Rules {
  static final String WORD =
      "must be 1 to 64 lower-case letters, digits, hyphens or underscores, the first no hyphen";
  static final String FEW = "must be " + Manifest.MAX_ENTRIES + " entries or fewer";

  private Rules() {}
}
