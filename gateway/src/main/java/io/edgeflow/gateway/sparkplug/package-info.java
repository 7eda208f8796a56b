/**
 * Readings of Sparkplug B edge nodes: births, data and deaths, the sequence that tells what is
 * missing, and the request to be born again.
 */
@NullMarked
package io.edgeflow.gateway.sparkplug;

import org.jspecify.annotations.NullMarked;
