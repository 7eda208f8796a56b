/** What a process tells about itself in Prometheus' format. */
@NullMarked
package io.edgeflow.process.metrics;

import org.jspecify.annotations.NullMarked;
