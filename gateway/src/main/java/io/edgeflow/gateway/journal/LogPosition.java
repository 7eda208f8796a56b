package io.edgeflow.gateway.journal;

/**
 * Where a record lies.
 *
 * @param segment the segment's id
 * @param offset of the record's first byte in the segment's file
 * @param length of its payload in bytes
 */
public record LogPosition(long segment, long offset, int length) {}
