/**
 * The file system as journal and backlog see it: a port, so that tests can make it stall, fail and
 * forget.
 */
@NullMarked
package io.edgeflow.gateway.disk;

import org.jspecify.annotations.NullMarked;
