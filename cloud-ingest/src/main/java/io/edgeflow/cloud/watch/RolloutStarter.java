package io.edgeflow.cloud.watch;

import java.sql.SQLException;
import java.util.Optional;

/** Starts rollouts. Blocks for the database. */
public interface RolloutStarter {
  /**
   * The id of one that runs from now on.
   *
   * @param spec a fleet file
   * @param why names the version; the same for the same one
   * @throws RuntimeException if it cannot be; its message says why, for people
   */
  String start(byte[] spec, String who, String why) throws SQLException;

  /** The id of one that was started just so. */
  Optional<String> started(String who, String why) throws SQLException;

  /** Writes down for people what became of a version. */
  void note(String program, String who, String what, String detail) throws SQLException;
}
