package io.edgeflow.gateway.outbox;

/** Chooses segments and files. */
@FunctionalInterface
public interface HomeChoice {
  /**
   * @param inFile whether the id is one of a file, else it is one of a segment
   */
  boolean test(boolean inFile, long id);
}
