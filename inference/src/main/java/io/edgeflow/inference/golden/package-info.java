/** Golden vectors: from raw readings to scores, so that preparation is proven with the model. */
@NullMarked
package io.edgeflow.inference.golden;

import org.jspecify.annotations.NullMarked;
