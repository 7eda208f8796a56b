package io.edgeflow.gateway.journal;

/**
 * A segment file.
 *
 * @param id rises from file to file and is never used twice
 * @param firstNumber the number of its first record, if it has one
 * @param bytes its size
 * @param closed whether nothing is appended to it any more
 * @param removable whether recovery needs it no more: closed, and older than the newest checkpoint
 */
public record SegmentInfo(
    long id, long firstNumber, long bytes, boolean closed, boolean removable) {}
