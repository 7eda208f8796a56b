/** A broker of Kafka's for tests. */
@NullMarked
package io.edgeflow.cloud.kafka;

import org.jspecify.annotations.NullMarked;
