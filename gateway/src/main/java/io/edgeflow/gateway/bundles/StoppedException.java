package io.edgeflow.gateway.bundles;

import java.io.Serial;

/** Somebody wants a download to end; what is there is kept. Never leaves this package. */
final class StoppedException extends Exception {
  @Serial private static final long serialVersionUID = 1;

  StoppedException() {
    super("stopped", null, false, false);
  }
}
