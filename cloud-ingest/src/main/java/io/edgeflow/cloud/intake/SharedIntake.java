package io.edgeflow.cloud.intake;

import io.edgeflow.process.kafka.KafkaCluster;
import io.edgeflow.process.kafka.TopicPlan;
import java.time.Duration;
import javax.sql.DataSource;

/**
 * An intake that several processes share over Kafka.
 *
 * @param group who shares the frames: all processes of one database, and no other
 * @param again what is on its way for longer may be lost: it goes into the topic again if it comes
 *     again
 * @param ledger where the committed ledger is heard and read; two connections of it are used
 */
public record SharedIntake(
    KafkaCluster cluster, TopicPlan plan, String group, Duration again, DataSource ledger) {
  /** Longer than frames wait for any database that still takes them. */
  public static final Duration AGAIN = Duration.ofMinutes(2);
}
