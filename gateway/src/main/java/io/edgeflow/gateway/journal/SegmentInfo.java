package io.edgeflow.gateway.journal;

/**
 * A segment file.
 *
 * @param id rises from file to file and is never used twice
 * @param firstNumber the number of its first record, if it has one
 * @param bytes its size
 * @param closed whether nothing is appended to it any more
 * @param removable whether recovery needs it no more: closed, and older than the newest checkpoint
 * @param modifiedMicros when it was last written, in microseconds since the epoch; 0 if the disk
 *     does not say
 */
public record SegmentInfo(
    long id,
    long firstNumber,
    long bytes,
    boolean closed,
    boolean removable,
    long modifiedMicros) {}
