/**
 * The append-only log that "acknowledged" rests on: numbered, checksummed records in segment files,
 * synced in groups.
 */
@NullMarked
package io.edgeflow.gateway.journal;

import org.jspecify.annotations.NullMarked;
