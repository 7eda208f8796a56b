/** Rollouts over Kafka: documents out, reports in, and somebody's word that a version is there. */
@NullMarked
package io.edgeflow.cloud.deploy.kafka;

import org.jspecify.annotations.NullMarked;
