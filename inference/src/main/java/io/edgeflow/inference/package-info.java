/** Bundles in, scores out. */
@NullMarked
package io.edgeflow.inference;

import org.jspecify.annotations.NullMarked;
