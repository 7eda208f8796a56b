package io.edgeflow.gateway.backlog;

/**
 * A stretch of a file.
 *
 * @param to the first byte behind it
 */
public record ByteRange(long from, long to) {}
