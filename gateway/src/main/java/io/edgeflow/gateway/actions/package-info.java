/**
 * Actions: what a cause switches, and what holds it back.
 *
 * <p>The {@link io.edgeflow.gateway.actions.ActionEngine} decides, from readings, alarms and a
 * monotonic clock that is passed in, and hands out commands; it waits for nothing and writes
 * nothing. The {@link io.edgeflow.gateway.actions.ActionDesk} runs it on a thread of its own.
 */
@NullMarked
package io.edgeflow.gateway.actions;

import org.jspecify.annotations.NullMarked;
