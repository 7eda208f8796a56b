@NullMarked
package io.edgeflow.gateway.outbox;

import org.jspecify.annotations.NullMarked;
