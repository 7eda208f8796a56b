package io.edgeflow.gateway.deploy.kafka;

import io.edgeflow.process.kafka.KafkaCluster;
import io.edgeflow.process.kafka.KafkaConfig;
import io.edgeflow.process.kafka.KafkaState;
import io.edgeflow.process.kafka.KafkaTopics;
import io.edgeflow.process.kafka.TopicReader;
import io.edgeflow.process.kafka.TopicWriter;
import io.edgeflow.wire.document.Desired;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * This edge's way to its documents and for its reports over Kafka: it only ever connects to the
 * cluster. It reads the whole topic when it starts, because any partition may hold a document of
 * its own, and hands on all of those, in any order and more than once: their numbers say which one
 * counts (R1). A record that was deleted says nothing.
 */
public final class KafkaChannel implements AutoCloseable {
  private final String edge;
  private final Consumer<byte[]> offered;
  private final AtomicLong ignored = new AtomicLong();
  private final TopicReader documents;
  private final TopicWriter reports;

  private KafkaChannel(KafkaConfig config, String edge, Consumer<byte[]> offered) {
    this.edge = edge;
    this.offered = offered;
    var cluster = new KafkaCluster(config, "edgeflow-" + edge);
    this.documents = TopicReader.everything(cluster, KafkaTopics.DEPLOY, this::take);
    this.reports = TopicWriter.to(cluster, KafkaTopics.STATUS, 1);
  }

  /**
   * Returns at once, whether or not there is a cluster.
   *
   * @param offered takes what may be a document for this edge, on any thread; must not wait
   */
  public static KafkaChannel open(KafkaConfig config, String edge, Consumer<byte[]> offered) {
    return new KafkaChannel(config, edge, offered);
  }

  /** Says what this edge runs; the newest replaces what was said before. Returns at once. */
  public void report(byte[] document) {
    reports.put(edge, document);
  }

  /** How the cluster is, at this moment. */
  public KafkaState state() {
    return KafkaState.of(reports.state(), documents.state());
  }

  /** Records under this edge's name that can be no document. */
  public long ignored() {
    return ignored.get();
  }

  /** The last report is written for two seconds at most. */
  @Override
  public void close() {
    reports.close();
    documents.close();
  }

  private void take(String key, byte[] value) {
    if (!key.equals(edge)) {
      return;
    }
    if (value.length == 0 || value.length > Desired.MAX_SIGNED_BYTES) {
      ignored.incrementAndGet();
    } else {
      offered.accept(value);
    }
  }
}
