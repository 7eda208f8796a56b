@NullMarked
package io.edgeflow.gateway.modbus;

import org.jspecify.annotations.NullMarked;
