/** The account of every numbered frame: where its bytes lie, and what became of it. */
@NullMarked
package io.edgeflow.gateway.outbox;

import org.jspecify.annotations.NullMarked;
