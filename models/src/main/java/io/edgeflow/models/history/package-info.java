/** Readings of the past, from files. */
@NullMarked
package io.edgeflow.models.history;

import org.jspecify.annotations.NullMarked;
