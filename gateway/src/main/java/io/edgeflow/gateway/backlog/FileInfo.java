package io.edgeflow.gateway.backlog;

import io.edgeflow.wire.frame.Lane;

/**
 * What the directory tells of a file without reading it.
 *
 * @param bytes its size on the disk
 */
public record FileInfo(long id, Lane lane, long bytes) {}
