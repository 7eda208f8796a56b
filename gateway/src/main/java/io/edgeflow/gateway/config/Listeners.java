package io.edgeflow.gateway.config;

/** What every listener is told. */
final class Listeners {
  static final String REFUSAL =
      "is reachable from other machines, so set users beside it, a file of names and hashed"
          + " passwords (edgeflow gateway --hash-password makes one); or listen on 127.0.0.1";

  private Listeners() {}
}
