/** Tests of graphs. */
@NullMarked
package io.edgeflow.models.onnx;

import org.jspecify.annotations.NullMarked;
