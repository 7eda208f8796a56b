package io.edgeflow.gateway.site.mandate;

/**
 * Which document the cloud told an edge last.
 *
 * @param digest of its payload
 */
public record Told(long number, String digest) {}
