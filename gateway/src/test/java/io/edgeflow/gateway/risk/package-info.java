@NullMarked
package io.edgeflow.gateway.risk;

import org.jspecify.annotations.NullMarked;
