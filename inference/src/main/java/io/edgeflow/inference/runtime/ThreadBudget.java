package io.edgeflow.inference.runtime;

/**
 * How many threads one call may use, the caller's own among them. Idle ones wait without spinning.
 *
 * @param perCall at least 1, which is the calling thread alone
 */
public record ThreadBudget(int perCall) {
  public ThreadBudget {
    if (perCall < 1) {
      throw new IllegalArgumentException("a call needs at least its own thread, not " + perCall);
    }
  }

  /** Half of this machine's cores: the data plane needs the others. */
  public static ThreadBudget halfTheCores() {
    return ofCores(Runtime.getRuntime().availableProcessors());
  }

  /** The same half, for several models that may be called at once. */
  public static ThreadBudget halfTheCores(int models) {
    return new ThreadBudget(Math.max(1, halfTheCores().perCall() / Math.max(1, models)));
  }

  static ThreadBudget ofCores(int cores) {
    return new ThreadBudget(Math.max(1, cores / 2));
  }
}
