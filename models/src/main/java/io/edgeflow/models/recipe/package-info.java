/** Models that are fitted to readings, and the bundles that they become. */
@NullMarked
package io.edgeflow.models.recipe;

import org.jspecify.annotations.NullMarked;
