package io.edgeflow.gateway.bundles;

import io.edgeflow.process.trust.TrustRefusal;
import java.io.Serial;

/** Something is not to be trusted. Never leaves this package. */
final class NotTrustedException extends Exception {
  @Serial private static final long serialVersionUID = 1;

  private final transient TrustRefusal refusal;

  NotTrustedException(TrustRefusal refusal) {
    super(refusal.toString(), null, false, false);
    this.refusal = refusal;
  }

  TrustRefusal refusal() {
    return refusal;
  }
}
