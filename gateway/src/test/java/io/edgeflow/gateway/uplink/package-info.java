@NullMarked
package io.edgeflow.gateway.uplink;

import org.jspecify.annotations.NullMarked;
