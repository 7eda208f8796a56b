package io.edgeflow.models.replay;

/** A folder is no bundle that is in order; the message says why. */
public final class BundleRefusedException extends Exception {
  private static final long serialVersionUID = 1;

  public BundleRefusedException(String message) {
    super(message);
  }
}
