/** What a power cut can take, how long an outage may last, and what it costs the flash. Pure. */
@NullMarked
package io.edgeflow.gateway.risk;

import org.jspecify.annotations.NullMarked;
