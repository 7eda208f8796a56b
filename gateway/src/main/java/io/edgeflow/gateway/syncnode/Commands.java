package io.edgeflow.gateway.syncnode;

import java.time.Duration;
import java.util.List;

/** Runs programs of the machine. */
interface Commands {
  /**
   * Blocks until it has ended, or was ended.
   *
   * @param command the program and its arguments; no shell reads them
   * @param limit after which it is ended, with whatever it started
   */
  CommandOutcome run(List<String> command, Duration limit) throws InterruptedException;
}
