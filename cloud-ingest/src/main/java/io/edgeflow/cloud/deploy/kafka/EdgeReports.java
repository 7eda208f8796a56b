package io.edgeflow.cloud.deploy.kafka;

import io.edgeflow.cloud.deploy.ReportListener;
import io.edgeflow.process.kafka.KafkaTopics;
import io.edgeflow.process.kafka.RecordSink;
import io.edgeflow.wire.document.Parsed;
import io.edgeflow.wire.document.Reported;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands on what edges report. What nobody can read, or says it is another edge's, is counted. */
final class EdgeReports implements RecordSink {
  private static final Logger LOG = LoggerFactory.getLogger(EdgeReports.class);

  /** A first look at the topic brings all edges at once, and the listener never waits itself. */
  private static final int PATIENCE = 50;

  private static final long PAUSE_MILLIS = 100;

  private final ReportListener listener;
  private final KafkaMeters meters;

  EdgeReports(ReportListener listener, MeterRegistry registry) {
    this.listener = listener;
    this.meters = new KafkaMeters(registry, KafkaTopics.STATUS);
  }

  @Override
  public void take(String key, byte[] value) {
    switch (Reported.parse(value)) {
      case Parsed.Ok<Reported>(Reported document) when document.edge().equals(key) ->
          meters.count(offer(document) ? "taken" : "dropped");
      case Parsed.Ok<Reported>(Reported document) -> {
        LOG.warn("ignored a report of edge={} under another key", document.edge());
        meters.count("ignored");
      }
      case Parsed.Refused<Reported>(String reason) -> {
        LOG.debug("ignored a record topic={} reason={}", KafkaTopics.STATUS, reason);
        meters.count("ignored");
      }
    }
  }

  private boolean offer(Reported document) {
    for (int i = 0; i < PATIENCE; i++) {
      if (listener.reported(document)) {
        return true;
      }
      try {
        Thread.sleep(PAUSE_MILLIS);
      } catch (InterruptedException asked) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return false;
  }
}
