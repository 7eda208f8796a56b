@NullMarked
package io.edgeflow.aggregator;

import org.jspecify.annotations.NullMarked;
