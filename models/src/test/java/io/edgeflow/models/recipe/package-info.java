/** Tests of the recipes, from readings to bundles that prove themselves. */
@NullMarked
package io.edgeflow.models.recipe;

import org.jspecify.annotations.NullMarked;
