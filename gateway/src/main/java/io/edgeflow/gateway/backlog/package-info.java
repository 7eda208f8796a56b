/**
 * Frames that could not be delivered yet, sealed into MapDB files that are written once and never
 * changed (J8, J10).
 */
@NullMarked
package io.edgeflow.gateway.backlog;

import org.jspecify.annotations.NullMarked;
