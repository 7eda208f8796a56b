/** Bundles of programs: what one says of itself. */
@NullMarked
package io.edgeflow.process.application;

import org.jspecify.annotations.NullMarked;
