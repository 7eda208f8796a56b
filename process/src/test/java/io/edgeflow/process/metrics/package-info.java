@NullMarked
package io.edgeflow.process.metrics;

import org.jspecify.annotations.NullMarked;
