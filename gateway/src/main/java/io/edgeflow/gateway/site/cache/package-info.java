/** Bundles and keys that a hub hands on, so that a site downloads each once. */
@NullMarked
package io.edgeflow.gateway.site.cache;

import org.jspecify.annotations.NullMarked;
