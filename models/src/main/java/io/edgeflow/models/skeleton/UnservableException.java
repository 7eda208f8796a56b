package io.edgeflow.models.skeleton;

/** A graph that no bundle can hold as it is; the message says why and what to do. */
public final class UnservableException extends Exception {
  private static final long serialVersionUID = 1;

  public UnservableException(String message) {
    super(message);
  }
}
