/** What a bundle says about its model, and reading one from a folder that nobody vouches for. */
@NullMarked
package io.edgeflow.inference.bundle;

import org.jspecify.annotations.NullMarked;
