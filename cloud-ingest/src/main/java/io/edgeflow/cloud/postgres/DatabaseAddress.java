package io.edgeflow.cloud.postgres;

/**
 * Where a PostgreSQL listens and as whom to log in.
 *
 * @param url a JDBC address, {@code jdbc:postgresql://…}
 */
public record DatabaseAddress(String url, String user, String password) {
  public DatabaseAddress {
    if (!url.startsWith("jdbc:postgresql:")) {
      throw new IllegalArgumentException("not a PostgreSQL JDBC address: " + url);
    }
  }

  @Override
  public String toString() {
    return url + " as " + user;
  }
}
