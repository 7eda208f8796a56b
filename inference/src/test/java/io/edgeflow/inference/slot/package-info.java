@NullMarked
package io.edgeflow.inference.slot;

import org.jspecify.annotations.NullMarked;
