/**
 * Alarms that need no model, in the states of ISA-18.2.
 *
 * <p>The {@link io.edgeflow.gateway.alarms.AlarmEngine} decides from the times of readings and a
 * monotonic clock that is passed in, and tells what it decided as {@link
 * io.edgeflow.gateway.alarms.AlarmChange}s. The {@link io.edgeflow.gateway.alarms.AlarmBook} is
 * nothing but the sum of those changes, so whoever journals them has the states after a restart.
 */
@NullMarked
package io.edgeflow.gateway.alarms;

import org.jspecify.annotations.NullMarked;
