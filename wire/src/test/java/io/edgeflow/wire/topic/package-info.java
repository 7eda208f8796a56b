@NullMarked
package io.edgeflow.wire.topic;

import org.jspecify.annotations.NullMarked;
