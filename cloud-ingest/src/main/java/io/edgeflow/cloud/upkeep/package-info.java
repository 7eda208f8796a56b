/**
 * Looks after the tables that grow with time: drops what is older than is kept, and merges windows
 * that came when theirs were compressed already.
 */
@NullMarked
package io.edgeflow.cloud.upkeep;

import org.jspecify.annotations.NullMarked;
