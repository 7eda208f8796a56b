/** The cloud's account of frame numbers, as values: no clock, no database. */
@NullMarked
package io.edgeflow.cloud.ledger;

import org.jspecify.annotations.NullMarked;
