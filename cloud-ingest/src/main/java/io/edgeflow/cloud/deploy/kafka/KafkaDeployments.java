package io.edgeflow.cloud.deploy.kafka;

import io.edgeflow.cloud.deploy.DeployChannel;
import io.edgeflow.cloud.deploy.ReportListener;
import io.edgeflow.process.kafka.KafkaCluster;
import io.edgeflow.process.kafka.KafkaConfig;
import io.edgeflow.process.kafka.KafkaState;
import io.edgeflow.process.kafka.KafkaTopics;
import io.edgeflow.process.kafka.TopicReader;
import io.edgeflow.process.kafka.TopicWriter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;

/**
 * The cloud's end of Kafka: documents go to edges, reports come from them. Both are state, so a
 * cluster that is away costs nothing but time. Several cloud processes share the reports.
 */
public final class KafkaDeployments implements DeployChannel, AutoCloseable {
  /** Documents of as many edges wait for a cluster that is away; one has a KiB or two. */
  private static final int MOST_WAITING = 20_000;

  private final TopicWriter documents;
  private final TopicReader reports;
  private final TopicReader events;

  private KafkaDeployments(TopicWriter documents, TopicReader reports, TopicReader events) {
    this.documents = documents;
    this.reports = reports;
    this.events = events;
  }

  /**
   * Returns at once, whether or not there is a cluster.
   *
   * @param audience whose edges they are: processes of one audience share the work
   */
  public static KafkaDeployments open(
      KafkaConfig config,
      String audience,
      ReportListener listener,
      UpdateTrigger trigger,
      MeterRegistry registry) {
    var cluster = new KafkaCluster(config, "edgeflow-cloud");
    String group = "edgeflow.cloud." + audience;
    var channel =
        new KafkaDeployments(
            TopicWriter.making(
                cluster, List.of(KafkaTopics.DEPLOY, KafkaTopics.STATUS), MOST_WAITING),
            TopicReader.inGroup(
                cluster,
                KafkaTopics.STATUS,
                group + ".status",
                true,
                new EdgeReports(listener, registry)),
            // What was asked for before this cloud was there is not for it.
            TopicReader.inGroup(
                cluster,
                KafkaTopics.DEPLOY,
                group + ".deploy",
                false,
                new UpdateEvents(trigger, registry)));
    channel.register(registry);
    return channel;
  }

  private void register(MeterRegistry registry) {
    Gauge.builder("edgeflow.kafka.up", this, self -> self.state().connected() ? 1 : 0)
        .description("Whether documents of rollouts can go over Kafka.")
        .register(registry);
  }

  /**
   * @throws IllegalStateException if the cluster is away and too much waits for it
   */
  @Override
  public void publish(String edge, byte[] signed) {
    if (!documents.put(edge, signed)) {
      throw new IllegalStateException("too many documents wait for Kafka");
    }
  }

  /** How the cluster is, at this moment. */
  public KafkaState state() {
    return KafkaState.of(documents.state(), KafkaState.of(reports.state(), events.state()));
  }

  /** What documents wait are written for two seconds at most. */
  @Override
  public void close() {
    documents.close();
    reports.close();
    events.close();
  }
}
