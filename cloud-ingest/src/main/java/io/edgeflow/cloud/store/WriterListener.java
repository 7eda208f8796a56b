package io.edgeflow.cloud.store;

import io.edgeflow.wire.document.Acknowledgement;
import io.edgeflow.wire.document.Hello;

/**
 * Hears from the writers, each on its own thread and always the same one of the same edge: must be
 * thread-safe, return at once and throw nothing.
 */
public interface WriterListener {
  /**
   * There is a new connection to the database.
   *
   * @param database its name in acknowledgements: another one than before is another database, or
   *     the same after a restart, and may lack what was committed (L12)
   */
  default void serving(String database) {}

  /** After the commit. Frames of a commit of unknown outcome are reported when it is known. */
  void committed(CommittedBatch batch);

  /** An edge said hello, and this is all that the committed ledger knows of what it named. */
  void greeted(Hello hello, Acknowledgement answer);

  /** Bytes that nobody can judge came in under this edge's name. */
  void unreadable(String edge, String reason);
}
