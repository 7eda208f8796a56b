@NullMarked
package io.edgeflow.inference.runtime;

import org.jspecify.annotations.NullMarked;
