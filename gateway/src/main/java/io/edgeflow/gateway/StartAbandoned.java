package io.edgeflow.gateway;

/** The process was closed while its start still waited for something. */
final class StartAbandoned extends Exception {
  StartAbandoned(String waitedFor) {
    super("stopped while it waited: " + waitedFor);
  }
}
