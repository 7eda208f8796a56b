/** A broker of Kafka's, of the lab's own. */
@NullMarked
package io.edgeflow.lab.kafka;

import org.jspecify.annotations.NullMarked;
