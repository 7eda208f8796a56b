/** Tests of the edge process as a whole, in this JVM. */
@NullMarked
package io.edgeflow.gateway;

import org.jspecify.annotations.NullMarked;
