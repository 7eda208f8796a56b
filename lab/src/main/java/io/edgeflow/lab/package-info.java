/** Simulators, demo, benchmarks and end-to-end tests: what proves the rest. */
@NullMarked
package io.edgeflow.lab;

import org.jspecify.annotations.NullMarked;
