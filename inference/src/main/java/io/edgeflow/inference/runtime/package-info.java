/**
 * ONNX graphs in, scores out: which processor does it, how many threads it takes, and what a graph
 * must look like to be taken. Knows no manifest and no series.
 */
@NullMarked
package io.edgeflow.inference.runtime;

import org.jspecify.annotations.NullMarked;
