@NullMarked
package io.edgeflow.gateway.commissioning;

import org.jspecify.annotations.NullMarked;
