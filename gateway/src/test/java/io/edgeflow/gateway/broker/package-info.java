/** Tests with a real broker, real clients, and a hostile one that writes bytes of its own. */
@NullMarked
package io.edgeflow.gateway.broker;

import org.jspecify.annotations.NullMarked;
