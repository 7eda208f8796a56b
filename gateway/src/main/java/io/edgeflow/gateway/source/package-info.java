/**
 * Readings out of another broker: as its client with a session that outlives us, which acknowledges
 * what the journal has synced.
 */
@NullMarked
package io.edgeflow.gateway.source;

import org.jspecify.annotations.NullMarked;
