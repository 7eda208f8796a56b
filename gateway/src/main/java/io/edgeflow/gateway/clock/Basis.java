package io.edgeflow.gateway.clock;

/** Why the wall clock is believed, or why not. */
public enum Basis {
  OS_SYNCHRONISED(true, "the operating system says that it is synchronised"),
  CLOUD_AGREES(true, "the cloud's time agrees"),
  PLAUSIBLE(true, "it is not before the build date and the last vouched time"),
  CLOUD_DISAGREES(
      false, "the cloud's time differs; synchronise the clock, or let the cloud's time agree"),
  BEFORE_BUILD(false, "it is before the build date; set or synchronise the clock"),
  BEFORE_VOUCHED(false, "it is before the last vouched time; set or synchronise the clock"),
  JUMPED(
      false,
      "it jumped; believed again when the operating system or the cloud vouches for it, or when it"
          + " jumps back");

  private final boolean believed;
  private final String words;

  Basis(boolean believed, String words) {
    this.believed = believed;
    this.words = words;
  }

  public boolean believed() {
    return believed;
  }

  /** The reason, and without belief what restores it, for people. */
  public String words() {
    return words;
  }
}
