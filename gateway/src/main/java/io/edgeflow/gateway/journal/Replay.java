package io.edgeflow.gateway.journal;

/**
 * Receives what a journal holds while it is opened, on the opening thread. What is passed here is
 * synced: it survives the next power cut too.
 */
public interface Replay {
  /** The newest intact checkpoint; before any record, and not at all if there is none. */
  void checkpoint(byte[] checkpoint);

  /**
   * A record after the checkpoint: each number once, ascending, with gaps only where {@link
   * #damage} names them.
   */
  void record(long number, int type, byte[] payload, LogPosition position);

  /**
   * Bytes below the last position known as synced can not be read. They are lost; the rest is not
   * (J2).
   */
  void damage(Damage damage);

  /**
   * The log does not end in a marker: the process or the power went away while it was at work.
   * Called at most once, after the last record.
   *
   * @param bytes what lies behind the last intact record and can not be read; often 0
   * @param possiblyAcknowledged whether readings in those bytes may have been acknowledged; a disk
   *     that keeps what it synced has none
   */
  void tornTail(long bytes, boolean possiblyAcknowledged);
}
