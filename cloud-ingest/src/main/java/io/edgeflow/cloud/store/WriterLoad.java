package io.edgeflow.cloud.store;

/**
 * How far behind a writer is.
 *
 * @param healthy whether the last try to reach the database succeeded
 * @param bytes of frames that were taken and are not judged, in whatever form they wait
 * @param boundBytes its part of the most that wait packed
 * @param waitNanos how long the oldest frame of the transaction that is under way has waited since
 *     it was taken; 0 if there is none
 * @param slowestNanos the longest that a frame waited, from taken to committed, of those committed
 *     since the last time that this was asked; 0 if there was none
 * @param lightNanos how long the last small transaction took; 0 before the first
 */
public record WriterLoad(
    boolean healthy,
    long bytes,
    long boundBytes,
    long waitNanos,
    long slowestNanos,
    long lightNanos) {}
