@NullMarked
package io.edgeflow.inference.prepare;

import org.jspecify.annotations.NullMarked;
