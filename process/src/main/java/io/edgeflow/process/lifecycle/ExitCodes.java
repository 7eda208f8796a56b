package io.edgeflow.process.lifecycle;

/** What a process says when it ends. */
public final class ExitCodes {
  public static final int DONE = 0;
  public static final int FAILED = 1;

  /** Wrong use: the command line or the configuration must change first. */
  public static final int WRONG_USE = 2;

  private ExitCodes() {}
}
