package io.edgeflow.gateway.actions;

/** What became of a command. */
public sealed interface ActionResult {
  /**
   * The output took it.
   *
   * @param readBack what it says it is now; empty where it cannot be asked
   */
  record Done(String readBack) implements ActionResult {}

  /** It took it, and says now that it is something else. */
  record Differs(String readBack) implements ActionResult {}

  /**
   * It is not known to have taken it.
   *
   * @param reason one word for programs
   */
  record Failed(String reason, String detail) implements ActionResult {}
}
