/** Disks that fail and forget. */
@NullMarked
package io.edgeflow.gateway.disk;

import org.jspecify.annotations.NullMarked;
