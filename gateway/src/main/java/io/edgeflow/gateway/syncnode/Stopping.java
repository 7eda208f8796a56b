package io.edgeflow.gateway.syncnode;

/**
 * This service is asked to end: what it is at is judged by nobody, and taken up by the next one.
 */
final class Stopping extends RuntimeException {
  Stopping() {
    super("this service is stopping", null, false, false);
  }
}
