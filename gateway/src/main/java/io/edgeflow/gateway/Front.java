package io.edgeflow.gateway;

import io.edgeflow.gateway.alarms.AlarmPanel;
import io.edgeflow.gateway.commissioning.GatewayViews;
import io.edgeflow.gateway.config.GatewayConfig;
import io.edgeflow.gateway.deploy.DeployPanel;
import io.edgeflow.gateway.disk.DiskTrouble;
import io.edgeflow.gateway.rawcapture.CapturePanel;
import io.edgeflow.gateway.recorder.FlightRecorder;
import io.edgeflow.gateway.scoring.ModelPanel;
import io.edgeflow.process.http.HttpRefusal;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What the web server shows: the edge while it is open, and before and after that why it is not.
 */
final class Front implements PatientOpening.Waiting {
  private static final int UNAVAILABLE = 503;

  private final GatewayConfig config;
  private final long startedNanos;
  private volatile GatewayViews shown;
  private volatile @Nullable FlightRecorder flightRecorder;
  private volatile @Nullable AlarmPanel alarms;
  private volatile @Nullable CapturePanel captures;
  private volatile @Nullable ModelPanel models;
  private volatile @Nullable DeployPanel rollouts;

  /**
   * @param startedNanos when the process began, {@link System#nanoTime}
   */
  Front(GatewayConfig config, long startedNanos) {
    this.config = config;
    this.startedNanos = startedNanos;
    this.shown = opening();
  }

  private GatewayViews opening() {
    return closed(
        JournalWords.OPENING, "starting: the journal is being read", OptionalLong.empty());
  }

  private GatewayViews closed(String state, String why, OptionalLong troubledSince) {
    var reason = new ClosedViews.Reason(state, why, troubledSince);
    return new ClosedViews(config, startedNanos, reason).views();
  }

  /** Whatever is shown at the moment of each question. Any thread. */
  GatewayViews views() {
    return new GatewayViews(
        () -> shown.ledger().ledger(),
        () -> shown.latest().latest(),
        () -> shown.status().status(),
        () -> shown.rejects().rejects(),
        () -> shown.modbus().units(),
        () -> shown.readiness().missing());
  }

  /** The flight recorder while the edge is open; else 503. Any thread. */
  FlightRecorder flightRecorder() {
    return open(flightRecorder);
  }

  /** The alarms while the edge is open; else 503. Any thread. */
  AlarmPanel alarms() {
    return open(alarms);
  }

  /** The captures while the edge is open; else 503. Any thread. */
  CapturePanel captures() {
    return open(captures);
  }

  /** The models while the edge is open; else 503. Any thread. */
  ModelPanel models() {
    return open(models);
  }

  /** The rollouts while the edge is open; else 503. Any thread. */
  DeployPanel rollouts() {
    return open(rollouts);
  }

  private static <T> T open(@Nullable T part) {
    if (part == null) {
      throw new HttpRefusal(UNAVAILABLE, "not-open", "the edge is not open: it starts or stops");
    }
    return part;
  }

  @Override
  public void waits(DiskTrouble trouble, String error, long sinceNanos) {
    String why =
        "cannot start yet, nothing is taken: "
            + JournalWords.because(trouble, error)
            + "; it goes on by itself when the disk lets it";
    shown = closed(trouble.word(), why, OptionalLong.of(sinceNanos));
  }

  @Override
  public void goesOn() {
    shown = opening();
  }

  Front show(
      GatewayViews edge,
      FlightRecorder recorder,
      AlarmPanel alarmPanel,
      CapturePanel raw,
      ModelPanel modelPanel,
      DeployPanel deployPanel) {
    flightRecorder = recorder;
    alarms = alarmPanel;
    captures = raw;
    models = modelPanel;
    rollouts = deployPanel;
    shown = edge;
    return this;
  }

  /** While the rest closes, nobody asks it any more. */
  void closing() {
    flightRecorder = null;
    alarms = null;
    captures = null;
    models = null;
    rollouts = null;
    shown = closed(JournalWords.CLOSING, "stopping", OptionalLong.empty());
  }
}
