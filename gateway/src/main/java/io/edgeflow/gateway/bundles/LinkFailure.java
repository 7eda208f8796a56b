package io.edgeflow.gateway.bundles;

import java.io.IOException;

/**
 * The other side, or the way to it, did not give what was asked for. Costs the attempt, no more.
 */
final class LinkFailure extends IOException {
  private static final long serialVersionUID = 1;

  LinkFailure(String message) {
    super(message);
  }
}
