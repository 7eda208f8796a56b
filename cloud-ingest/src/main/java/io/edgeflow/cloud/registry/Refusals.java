package io.edgeflow.cloud.registry;

import io.edgeflow.process.http.HttpRefusal;
import io.edgeflow.process.trust.TrustRefusal;

/** What is said to those who may not publish, with the word that machines go by. Stateless. */
final class Refusals {
  private static final int BAD_REQUEST = 400;
  private static final int FORBIDDEN = 403;
  private static final int CONFLICT = 409;
  private static final int TOO_LARGE = 413;

  private Refusals() {}

  static HttpRefusal untrusted(TrustRefusal refusal) {
    int status =
        switch (refusal.reason()) {
          case UNREADABLE -> BAD_REQUEST;
          case DOWNGRADED -> CONFLICT;
          case UNSIGNED, UNKNOWN_SIGNER, TAMPERED, EXPIRED -> FORBIDDEN;
        };
    return new HttpRefusal(status, refusal.reason().word(), refusal.toString());
  }

  static HttpRefusal tampered(String detail) {
    return untrusted(new TrustRefusal(TrustRefusal.Reason.TAMPERED, detail));
  }

  static HttpRefusal downgraded(String detail) {
    return untrusted(new TrustRefusal(TrustRefusal.Reason.DOWNGRADED, detail));
  }

  static HttpRefusal conflict(String code, String message) {
    return new HttpRefusal(CONFLICT, code, message);
  }

  static HttpRefusal tooLarge(String message) {
    return new HttpRefusal(TOO_LARGE, "too-large", message);
  }

  static HttpRefusal noRoot() {
    return conflict(
        "no-root",
        "this cloud publishes nothing yet: set deploy.root to the root.pub that edges pin"
            + " (`model keygen` makes it), and start it again");
  }
}
