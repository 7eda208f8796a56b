/** What is stored, for others to read: windows and events as JSON on topics of Kafka's. */
@NullMarked
package io.edgeflow.cloud.publish;

import org.jspecify.annotations.NullMarked;
