package io.edgeflow.cloud.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Everything that can be set in the cloud process; the keys are the component names, joined by
 * dots.
 *
 * @param dataDir where the embedded PostgreSQL lives; relative to the project's folder
 */
public record CloudConfig(
    Path dataDir, Mqtt mqtt, Http http, Optional<Database> database, Limits limits) {

  /**
   * The broker that edges connect to.
   *
   * @param port 0 picks a free one
   * @param users a file of names and hashed passwords; without it the listener stays on loopback
   */
  public record Mqtt(String host, int port, Optional<Path> users) {}

  /**
   * The dashboard and the query interface.
   *
   * @param port 0 picks a free one
   */
  public record Http(String host, int port) {}

  /** A PostgreSQL of the operator's; absent: the embedded one. */
  public record Database(String url, String user, String password) {
    @Override
    public String toString() {
      return "Database[" + url + ", user=" + user + "]";
    }
  }

  /**
   * @param maxSeries per edge; a frame that would add more is refused and kept in quarantine
   */
  public record Limits(int maxSeries) {}
}
