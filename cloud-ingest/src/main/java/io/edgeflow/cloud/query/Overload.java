package io.edgeflow.cloud.query;

/** The database cannot answer now; answered 503 with Retry-After. */
public final class Overload extends Exception {
  public Overload(String message) {
    super(message, null, false, false);
  }
}
