/** The JSON documents that an edge and its cloud exchange about frames. */
@NullMarked
package io.edgeflow.wire.document;

import org.jspecify.annotations.NullMarked;
