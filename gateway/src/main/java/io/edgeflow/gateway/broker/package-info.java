/**
 * The sensors' broker: captures what is published on its way in, and holds every acknowledgement
 * back until the journal has synced it (A1 to A7).
 */
@NullMarked
package io.edgeflow.gateway.broker;

import org.jspecify.annotations.NullMarked;
