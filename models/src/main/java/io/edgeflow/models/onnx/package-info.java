/** Writes graphs in the ONNX format. */
@NullMarked
package io.edgeflow.models.onnx;

import org.jspecify.annotations.NullMarked;
