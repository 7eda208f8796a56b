/**
 * Which single readings go to the cloud beside what report policies say: of chosen series for a
 * time, and around alarms. What is journaled of it, without a clock and without a thread.
 */
@NullMarked
package io.edgeflow.gateway.rawcapture;

import org.jspecify.annotations.NullMarked;
