/**
 * Models in the gateway: readings go to slots on a thread of their own, and their scores come back
 * as readings of further series. Nothing here is loaded unless a slot is configured.
 */
@NullMarked
package io.edgeflow.gateway.scoring;

import org.jspecify.annotations.NullMarked;
