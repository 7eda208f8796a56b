/** What processes that score for this gateway say of themselves. */
@NullMarked
package io.edgeflow.gateway.nodes;

import org.jspecify.annotations.NullMarked;
