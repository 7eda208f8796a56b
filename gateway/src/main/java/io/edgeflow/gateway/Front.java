package io.edgeflow.gateway;

import io.edgeflow.gateway.commissioning.GatewayViews;
import io.edgeflow.gateway.recorder.FlightRecorder;
import io.edgeflow.process.http.HttpRefusal;
import org.jspecify.annotations.Nullable;

/**
 * What the web server shows: the edge while it is open, and before and after that why it is not.
 */
final class Front {
  private static final int UNAVAILABLE = 503;

  private volatile GatewayViews shown;
  private volatile @Nullable FlightRecorder flightRecorder;

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

  /** The flight recorder while the edge is open; else 503. Any thread. */
  FlightRecorder flightRecorder() {
    FlightRecorder open = flightRecorder;
    if (open == null) {
      throw new HttpRefusal(UNAVAILABLE, "not-open", "the edge is not open: it starts or stops");
    }
    return open;
  }

  void open(FlightRecorder recorder) {
    flightRecorder = recorder;
  }

  void show(GatewayViews views) {
    shown = views;
  }
}
