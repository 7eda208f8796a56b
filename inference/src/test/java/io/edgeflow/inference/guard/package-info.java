@NullMarked
package io.edgeflow.inference.guard;

import org.jspecify.annotations.NullMarked;
