/** Live readings of an edge on a terminal. */
@NullMarked
package io.edgeflow.lab.tail;

import org.jspecify.annotations.NullMarked;
