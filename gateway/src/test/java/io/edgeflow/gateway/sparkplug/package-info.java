/** Tests of Sparkplug edge nodes, with a real one and without. */
@NullMarked
package io.edgeflow.gateway.sparkplug;

import org.jspecify.annotations.NullMarked;
