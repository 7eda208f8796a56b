/** Fleets of edges that models are rolled out to, and the models, good and bad. */
@NullMarked
package io.edgeflow.lab.fleet;

import org.jspecify.annotations.NullMarked;
