@NullMarked
package io.edgeflow.gateway.nodes;

import org.jspecify.annotations.NullMarked;
