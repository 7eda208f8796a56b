@NullMarked
package io.edgeflow.aggregator.counter;

import org.jspecify.annotations.NullMarked;
