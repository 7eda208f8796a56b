/** What tells a resent reading from a new one (I1, I2). */
@NullMarked
package io.edgeflow.aggregator.identity;

import org.jspecify.annotations.NullMarked;
