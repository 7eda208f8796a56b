package io.edgeflow.models.recipe;

/** Nothing can be fitted to these readings; the message says what is missing. */
public final class UnfitException extends Exception {
  private static final long serialVersionUID = 1;

  public UnfitException(String message) {
    super(message);
  }
}
