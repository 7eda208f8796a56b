/**
 * The file system as journal and backlog see it: a port, with the real disk behind it, and disks
 * that fail, forget and fill up, on which tests and drills start the real thing.
 */
@NullMarked
package io.edgeflow.gateway.disk;

import org.jspecify.annotations.NullMarked;
