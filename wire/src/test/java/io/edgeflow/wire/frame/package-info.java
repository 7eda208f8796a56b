@NullMarked
package io.edgeflow.wire.frame;

import org.jspecify.annotations.NullMarked;
