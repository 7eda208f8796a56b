package io.edgeflow.gateway;

import io.edgeflow.gateway.commissioning.Status;
import io.edgeflow.gateway.config.GatewayConfig;
import io.edgeflow.gateway.recorder.LoadSample;
import io.edgeflow.gateway.recorder.Recorder;
import io.edgeflow.gateway.risk.ConfiguredLoad;
import io.edgeflow.gateway.risk.Load;
import io.edgeflow.gateway.risk.RiskReport;
import io.edgeflow.gateway.risk.RiskText;
import io.edgeflow.wire.frame.EventSeverity;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says what is at risk, wherever somebody may look. */
final class RiskParts {
  private static final Logger log = LoggerFactory.getLogger(RiskParts.class);

  /** A label by which the cloud knows an edge that gave the promise up; never a person's own. */
  private static final String LABEL = "edgeflow.promise";

  /** A label that names the hub through which an edge reaches the cloud. */
  private static final String BEHIND = "edgeflow.behind";

  private RiskParts() {}

  static RiskReport report(GatewayConfig config, long maxBytes, LoadSample known) {
    Load load = known.nanos() > 0 ? Load.measured(known) : ConfiguredLoad.of(config);
    return RiskReport.of(config, maxBytes, load);
  }

  /** In the log, and as an event if the promise is off. */
  static void tell(RiskReport report, Recorder recorder) {
    String lines = String.join("\n  ", RiskText.lines(report));
    if (report.promise()) {
      log.info("what is at risk\n  {}", lines);
      return;
    }
    log.warn("PROMISE OFF, what is at risk\n  {}", lines);
    recorder.event(
        EventSeverity.WARNING,
        "promise-off",
        RiskText.why(report) + "; at risk: " + RiskText.atRisk(report),
        new TreeMap<>(
            Map.of(
                "lossMillis", Long.toString(report.lossAtMost().toMillis()),
                "readings", Long.toString(report.readingsAtMost()))));
  }

  /** The labels that hello tells. */
  static Map<String, String> labels(GatewayConfig config) {
    Map<String, String> labels = new TreeMap<>(config.labels());
    if (!config.journal().keepsPromise()) {
      labels.put(LABEL, "off");
    }
    config.hub().behind().ifPresent(hub -> labels.put(BEHIND, hub));
    return labels;
  }

  static Status.Promise promise(RiskReport report) {
    double days = report.outageDays();
    return new Status.Promise(
        report.promise() ? "on" : "off",
        RiskText.why(report),
        RiskText.atRisk(report),
        report.lossAtMost().toMillis(),
        Double.isFinite(days) ? Math.rint(days * 10) / 10 : null,
        Math.round(report.syncsPerDay()),
        Math.round(report.flashBytesPerDay()),
        report.load().source());
  }
}
