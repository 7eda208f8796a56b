/**
 * A client that subscribes, over a socket of its own: MQTT 3.1.1 and 5, QoS 0 and 1. It is here
 * because no library's lets us stop reading; see docs/mqtt-source.md.
 */
@NullMarked
package io.edgeflow.gateway.source.client;

import org.jspecify.annotations.NullMarked;
