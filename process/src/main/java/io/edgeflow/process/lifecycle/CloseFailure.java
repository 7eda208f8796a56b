package io.edgeflow.process.lifecycle;

/** A part that did not close properly. */
public final class CloseFailure extends Exception {
  private final String part;

  CloseFailure(String part, Throwable cause) {
    super(part + " failed to close", cause);
    this.part = part;
  }

  public String part() {
    return part;
  }
}
