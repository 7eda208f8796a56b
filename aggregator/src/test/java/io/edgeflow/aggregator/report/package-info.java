@NullMarked
package io.edgeflow.aggregator.report;

import org.jspecify.annotations.NullMarked;
