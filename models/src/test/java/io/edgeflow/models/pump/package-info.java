/** Measures the recipes. */
@NullMarked
package io.edgeflow.models.pump;

import org.jspecify.annotations.NullMarked;
