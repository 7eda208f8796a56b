package io.edgeflow.models.history;

/** A file that is no table of readings; the message names the line and the rule. */
public final class CsvException extends Exception {
  private static final long serialVersionUID = 1;

  public CsvException(String message) {
    super(message);
  }

  public CsvException(String message, Throwable cause) {
    super(message, cause);
  }
}
