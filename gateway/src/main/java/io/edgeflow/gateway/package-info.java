/** The edge process and its composition root. */
@NullMarked
package io.edgeflow.gateway;

import org.jspecify.annotations.NullMarked;
