/**
 * A plant that is not there: devices that publish over MQTT and slaves that answer over Modbus,
 * whose signals look like a plant's and depend on a seed and the time alone.
 */
@NullMarked
package io.edgeflow.lab.sim;

import org.jspecify.annotations.NullMarked;
