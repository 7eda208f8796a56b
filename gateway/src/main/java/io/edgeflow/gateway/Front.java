package io.edgeflow.gateway;

import io.edgeflow.gateway.commissioning.GatewayViews;

/**
 * What the web server shows: the edge while it is open, and before and after that why it is not.
 */
final class Front {
  private volatile GatewayViews shown;

  Front(GatewayViews first) {
    this.shown = first;
  }

  /** Whatever is shown at the moment of each question. Any thread. */
  GatewayViews views() {
    return new GatewayViews(
        () -> shown.ledger().ledger(),
        () -> shown.latest().latest(),
        () -> shown.status().status(),
        () -> shown.rejects().rejects(),
        () -> shown.readiness().missing());
  }

  void show(GatewayViews views) {
    shown = views;
  }
}
