/**
 * Connections to an MQTT broker, one attempt after another: when to try again is for whoever uses
 * them to say.
 */
@NullMarked
package io.edgeflow.process.link;

import org.jspecify.annotations.NullMarked;
