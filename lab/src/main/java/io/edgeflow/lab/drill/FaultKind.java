package io.edgeflow.lab.drill;

/** How a disk fails from some operation on. */
enum FaultKind {
  /** This one operation fails, as a cable that was touched. */
  ONCE("once"),
  /** Every operation fails until somebody mends it. */
  UNTIL_MENDED("until mended"),
  /** The volume is full until somebody makes room; the process is killed and starts on it, too. */
  FULL("full disk");

  private final String word;

  FaultKind(String word) {
    this.word = word;
  }

  String word() {
    return word;
  }
}
