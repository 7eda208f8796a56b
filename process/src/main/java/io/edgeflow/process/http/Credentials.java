package io.edgeflow.process.http;

/** Who may use a server. */
@FunctionalInterface
public interface Credentials {
  /** Whether this is the user's password. Runs on a worker thread; slow on purpose. */
  boolean admits(String user, String password);
}
