package io.edgeflow.cloud.query;

/** The database cannot answer now; answered 503 with Retry-After. */
final class Overload extends Exception {
  Overload(String message) {
    super(message, null, false, false);
  }
}
