@NullMarked
package io.edgeflow.aggregator.snapshot;

import org.jspecify.annotations.NullMarked;
