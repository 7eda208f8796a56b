package io.edgeflow.gateway.journal;

/** Is shown the records of a segment. */
@FunctionalInterface
public interface RecordVisitor {
  /**
   * An intact record; numbers ascend, and one that is left out could not be read.
   *
   * @param bytesBefore how much of the file lies before the record
   * @return false to see no more
   */
  boolean record(long number, int type, byte[] payload, long bytesBefore);
}
