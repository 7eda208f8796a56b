/** Sealed files that are written, broken and read again. */
@NullMarked
package io.edgeflow.gateway.backlog;

import org.jspecify.annotations.NullMarked;
