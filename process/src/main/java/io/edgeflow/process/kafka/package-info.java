/**
 * Kafka as a second way for documents, where somebody configured it. Where nobody did, no class of
 * Kafka's is loaded: only {@link io.edgeflow.process.kafka.KafkaConfig} may be asked before that is
 * known.
 */
@NullMarked
package io.edgeflow.process.kafka;

import org.jspecify.annotations.NullMarked;
