@NullMarked
package io.edgeflow.gateway.modbus.line;

import org.jspecify.annotations.NullMarked;
