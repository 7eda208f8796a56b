package io.edgeflow.process.cli;

import java.io.Console;
import java.io.PrintWriter;
import java.util.Optional;

/** One line that tells how far something is, written over itself; only where a person looks on. */
public final class ProgressLine implements AutoCloseable {
  private final PrintWriter err;
  private final boolean shown;
  private int length;

  /**
   * @param wanted false: nothing is ever shown
   */
  public ProgressLine(PrintWriter err, boolean wanted) {
    this.err = err;
    this.shown =
        wanted && Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
  }

  /** Instead of what was shown before. */
  public void show(String text) {
    if (shown) {
      err.print("\r" + text + " ".repeat(Math.max(0, length - text.length())));
      err.flush();
      length = text.length();
    }
  }

  @Override
  public void close() {
    if (length > 0) {
      err.print("\r" + " ".repeat(length) + "\r");
      err.flush();
    }
  }
}
