/** Everything that can be set in the edge process; the keys are the component names, with dots. */
@NullMarked
package io.edgeflow.gateway.config;

import org.jspecify.annotations.NullMarked;
