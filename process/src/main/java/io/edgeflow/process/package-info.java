/** What every process stands on: settings, lifecycle, MQTT listener and HTTP basics. */
@NullMarked
package io.edgeflow.process;

import org.jspecify.annotations.NullMarked;
