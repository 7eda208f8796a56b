package io.edgeflow.process.cli;

import io.edgeflow.process.lifecycle.ExitCodes;
import java.util.Optional;

/**
 * Ends this process when the one that started it is gone, however that ended: a demo or a test
 * leaves nothing behind, not even after kill -9. Only where {@code -Dedgeflow.parent=PID} names
 * one.
 */
final class ParentWatch {
  private ParentWatch() {}

  static void install() {
    Long parent = Long.getLong("edgeflow.parent");
    if (parent != null) {
      Thread.ofVirtual().name("parent-watch").start(() -> endWith(ProcessHandle.of(parent)));
    }
  }

  private static void endWith(Optional<ProcessHandle> parent) {
    parent.ifPresent(handle -> handle.onExit().join());
    System.exit(ExitCodes.FAILED);
  }
}
