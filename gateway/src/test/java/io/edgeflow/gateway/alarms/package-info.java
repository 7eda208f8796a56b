@NullMarked
package io.edgeflow.gateway.alarms;

import org.jspecify.annotations.NullMarked;
