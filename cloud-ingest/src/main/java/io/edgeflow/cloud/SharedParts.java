package io.edgeflow.cloud;

import com.zaxxer.hikari.HikariDataSource;
import io.edgeflow.cloud.config.CloudConfig;
import io.edgeflow.cloud.config.CloudKafka;
import io.edgeflow.cloud.intake.SharedIntake;
import io.edgeflow.cloud.postgres.DatabaseAddress;
import io.edgeflow.cloud.publish.Publications;
import io.edgeflow.cloud.store.ComingUp;
import io.edgeflow.cloud.store.DatabaseName;
import io.edgeflow.cloud.store.LiveFeed;
import io.edgeflow.cloud.store.Pool;
import io.edgeflow.process.kafka.KafkaCluster;
import io.edgeflow.process.kafka.KafkaTopics;
import io.edgeflow.process.kafka.TopicPlan;
import io.edgeflow.process.lifecycle.Lifecycle;
import io.edgeflow.wire.frame.FrameCodec;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the processes of one database share, where frames go over Kafka. */
final class SharedParts {
  private static final Logger LOG = LoggerFactory.getLogger(SharedParts.class);

  /** One listens, one reads. */
  private static final int CONNECTIONS = 2;

  /** What a record has beside the frame. */
  private static final int RECORD_BYTES = 64 << 10;

  private SharedParts() {}

  /** Empty where frames go to this process' own writer. */
  static Optional<SharedIntake> open(Lifecycle parts, CloudConfig config, DatabaseAddress address)
      throws Exception {
    return switch (config.road()) {
      case MQTT -> Optional.empty();
      case KAFKA -> Optional.of(kafka(parts, config.kafka(), address));
    };
  }

  /**
   * What hears of commits: whoever watches, and Kafka where something is to be published.
   *
   * @param live whoever watches
   */
  static LiveFeed publishing(
      Lifecycle parts, CloudKafka kafka, LiveFeed live, MeterRegistry registry) throws Exception {
    if (kafka.publish().isEmpty()) {
      return live;
    }
    Publications publications =
        parts.open(
            "publications",
            () ->
                Publications.start(
                    new KafkaCluster(kafka.cluster(), "edgeflow-cloud"),
                    kafka.publish(),
                    kafka.partitions(),
                    kafka.retention(),
                    registry),
            Publications::close);
    return batch -> {
      live.committed(batch);
      publications.committed(batch);
    };
  }

  private static SharedIntake kafka(Lifecycle parts, CloudKafka kafka, DatabaseAddress address)
      throws Exception {
    HikariDataSource ledger =
        parts.open(
            "ledger connections",
            () -> Pool.open(address, "ledger", CONNECTIONS),
            HikariDataSource::close);
    String group =
        kafka.group().isPresent() ? kafka.group().get() : ComingUp.waitFor(() -> group(ledger));
    LOG.info("frames go over Kafka topic={} group={}", KafkaTopics.TELEMETRY, group);
    return new SharedIntake(
        new KafkaCluster(kafka.cluster(), "edgeflow-cloud"),
        new TopicPlan(
            KafkaTopics.TELEMETRY,
            Optional.of(kafka.partitions()),
            kafka.retention(),
            FrameCodec.MAX_FRAME_BYTES + RECORD_BYTES),
        group,
        SharedIntake.AGAIN,
        ledger);
  }

  private static String group(HikariDataSource database) throws SQLException {
    return KafkaTopics.TELEMETRY + "." + DatabaseName.of(database);
  }
}
