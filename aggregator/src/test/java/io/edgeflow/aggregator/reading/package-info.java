@NullMarked
package io.edgeflow.aggregator.reading;

import org.jspecify.annotations.NullMarked;
