/** The bytes in which the state of this module survives a restart. */
@NullMarked
package io.edgeflow.aggregator.snapshot;

import org.jspecify.annotations.NullMarked;
