package io.edgeflow.gateway.syncnode;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Everything that the service reads of its machine and does to it. One thread; every call may
 * block.
 */
interface Machine {
  /** What was noted last; what the disk shows if that cannot be read. */
  Notes notes();

  /** On the disk when it returns. */
  void note(Notes notes) throws IOException;

  /** What the gateway asks for; empty if it asks for nothing that can be read. */
  Optional<Request> request();

  /**
   * Copies a bundle, checks who vouches for it, and makes of it a version that only has to be put
   * in place. What runs is not touched.
   */
  Staged stage(Notes.Attempt attempt, Notes notes);

  /** The version that is in place; empty if none is. */
  Optional<String> current();

  boolean has(String name);

  /** Puts a version in place; why that did not go, if it did not. */
  Optional<String> activate(String name);

  /** Starts what is in place instead of what runs; why that did not go, if it did not. */
  Optional<String> restart();

  /** How often the program was started again by itself; empty if nobody counts that. */
  OptionalLong restarts();

  /** Remembers the good one apart from the notes, and deletes all versions but some. */
  void settle(String good, Set<String> keep) throws IOException;

  /** Tells the gateway, if it was not told just this. */
  void tell(Report report) throws IOException;

  /** What came of staging. */
  sealed interface Staged {
    /**
     * @param keys number of the newest key document
     */
    record Ready(Notes.Known version, int keys) implements Staged {}

    /** It is not to be trusted. */
    record Refused(String why) implements Staged {}

    /** It could not be done now. */
    record Failed(String why) implements Staged {}
  }
}
