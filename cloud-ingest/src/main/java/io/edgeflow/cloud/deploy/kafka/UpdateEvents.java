package io.edgeflow.cloud.deploy.kafka;

import io.edgeflow.process.kafka.KafkaTopics;
import io.edgeflow.process.kafka.RecordSink;
import io.edgeflow.wire.document.Desired;
import io.edgeflow.wire.document.Parsed;
import io.edgeflow.wire.document.UpdateEvent;
import io.edgeflow.wire.topic.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the events that somebody else put between our documents. Anything may be in a topic that
 * others write to: what is none costs a look and is counted.
 */
final class UpdateEvents implements RecordSink {
  private static final Logger LOG = LoggerFactory.getLogger(UpdateEvents.class);

  private final UpdateTrigger trigger;
  private final KafkaMeters meters;

  UpdateEvents(UpdateTrigger trigger, MeterRegistry registry) {
    this.trigger = trigger;
    this.meters = new KafkaMeters(registry, KafkaTopics.DEPLOY);
  }

  @Override
  public void take(String key, byte[] value) {
    switch (UpdateEvent.parse(value)) {
      case Parsed.Ok<UpdateEvent>(UpdateEvent event) -> {
        LOG.info("an update was asked for tag={} topic={}", event.tag(), KafkaTopics.DEPLOY);
        meters.count("event");
        trigger.requested(event.tag(), "kafka:" + KafkaTopics.DEPLOY);
      }
      case Parsed.Refused<UpdateEvent>(String reason) -> {
        if (!mayBeOurs(key, value)) {
          LOG.debug("ignored a record topic={} reason={}", KafkaTopics.DEPLOY, reason);
          meters.count("ignored");
        }
      }
    }
  }

  /** An edge's document, or that it has none any more. */
  private static boolean mayBeOurs(String key, byte[] value) {
    return Topics.isEdgeName(key) && value.length <= Desired.MAX_SIGNED_BYTES;
  }
}
