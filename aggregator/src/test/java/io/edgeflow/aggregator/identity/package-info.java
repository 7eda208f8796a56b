@NullMarked
package io.edgeflow.aggregator.identity;

import org.jspecify.annotations.NullMarked;
