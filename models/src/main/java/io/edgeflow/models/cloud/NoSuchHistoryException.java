package io.edgeflow.models.cloud;

/** A cloud does not have what is asked of it; the message says what it has. */
public final class NoSuchHistoryException extends Exception {
  private static final long serialVersionUID = 1;

  public NoSuchHistoryException(String message) {
    super(message);
  }
}
