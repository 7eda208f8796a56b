@NullMarked
package io.edgeflow.gateway.setpoints;

import org.jspecify.annotations.NullMarked;
