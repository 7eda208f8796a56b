/** Bundles begun from a graph that somebody else has made. */
@NullMarked
package io.edgeflow.models.skeleton;

import org.jspecify.annotations.NullMarked;
