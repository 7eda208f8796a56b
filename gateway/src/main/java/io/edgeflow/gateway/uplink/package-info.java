/**
 * Sends frames to the cloud and hears what became of them. {@code SendPlan} decides and knows
 * neither clock nor network; {@code Forwarder} carries out, on one thread; a {@code Link} is the
 * network.
 */
@NullMarked
package io.edgeflow.gateway.uplink;

import org.jspecify.annotations.NullMarked;
