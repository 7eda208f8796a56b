package io.edgeflow.process.kafka;

/**
 * A cluster as one process sees it.
 *
 * @param config with servers
 * @param client what the cluster's logs and quotas call this process
 */
public record KafkaCluster(KafkaConfig config, String client) {}
