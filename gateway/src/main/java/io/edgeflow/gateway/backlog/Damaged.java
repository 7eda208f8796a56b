package io.edgeflow.gateway.backlog;

import java.io.IOException;

/** The bytes of a file are not those that were written; the disk itself did not complain. */
final class Damaged extends IOException {
  Damaged(String message) {
    super(message);
  }
}
