/** The edge's end of Kafka. Loaded only where a cluster is configured. */
@NullMarked
package io.edgeflow.gateway.deploy.kafka;

import org.jspecify.annotations.NullMarked;
