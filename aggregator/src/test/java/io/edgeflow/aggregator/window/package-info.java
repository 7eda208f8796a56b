@NullMarked
package io.edgeflow.aggregator.window;

import org.jspecify.annotations.NullMarked;
