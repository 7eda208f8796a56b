/**
 * The PostgreSQL that lives in the data directory: unpacked, started, adopted, watched, stopped.
 */
@NullMarked
package io.edgeflow.cloud.postgres;

import org.jspecify.annotations.NullMarked;
