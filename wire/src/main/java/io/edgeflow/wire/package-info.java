/** What crosses the network: topics, frames, documents. */
@NullMarked
package io.edgeflow.wire;

import org.jspecify.annotations.NullMarked;
