package io.edgeflow.inference.guard;

import java.io.IOException;

/** A model that is being loaded or proves itself. Whoever began it says how it ended. */
public final class Attempt {
  private final Attempts attempts;
  private final String digest;

  Attempt(Attempts attempts, String digest) {
    this.attempts = attempts;
    this.digest = digest;
  }

  public String digest() {
    return digest;
  }

  /** The model runs, and the process lives: what was before is forgotten. */
  public void survived() throws IOException {
    attempts.survived(digest);
  }

  /** Ended for another reason, a clean stop say, which tells nothing of the model. */
  public void withdrawn() throws IOException {
    attempts.withdrawn(digest);
  }
}
