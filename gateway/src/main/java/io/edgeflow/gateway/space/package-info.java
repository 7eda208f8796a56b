/** How room is made on a disk that fills up: what goes first, and how windows lose resolution. */
@NullMarked
package io.edgeflow.gateway.space;

import org.jspecify.annotations.NullMarked;
