/**
 * The MQTT broker inside a process: HiveMQ CE, embedded, with safe defaults and a user file.
 *
 * <p>Only this package and the extensions handed to it know the library.
 */
@NullMarked
package io.edgeflow.process.mqtt;

import org.jspecify.annotations.NullMarked;
