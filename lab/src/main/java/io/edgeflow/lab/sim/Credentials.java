package io.edgeflow.lab.sim;

/** Who a plant is to the broker. */
public record Credentials(String user, String password) {
  @Override
  public String toString() {
    return user;
  }
}
