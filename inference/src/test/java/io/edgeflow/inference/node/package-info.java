@NullMarked
package io.edgeflow.inference.node;

import org.jspecify.annotations.NullMarked;
