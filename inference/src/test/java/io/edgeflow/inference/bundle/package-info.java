@NullMarked
package io.edgeflow.inference.bundle;

import org.jspecify.annotations.NullMarked;
