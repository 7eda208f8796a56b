package io.edgeflow.gateway.actions;

import java.util.function.Consumer;

/** What an action switches. */
@FunctionalInterface
public interface ActionOutput {
  /**
   * Switches it. Must not block.
   *
   * @param done called exactly once, from any thread, with what became of it
   */
  void write(boolean on, Consumer<ActionResult> done);
}
