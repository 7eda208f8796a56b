/** Names of the topics between an edge and its cloud. */
@NullMarked
package io.edgeflow.wire.topic;

import org.jspecify.annotations.NullMarked;
