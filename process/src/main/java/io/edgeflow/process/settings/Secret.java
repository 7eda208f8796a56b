package io.edgeflow.process.settings;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * A password. In a configuration it is only ever a reference, {@code file:PATH} or {@code
 * env:NAME}; no text form of it shows the value, so it cannot reach a log by accident.
 */
public final class Secret {
  private final String value;

  public Secret(String value) {
    this.value = value;
  }

  /** The value itself. Hand it to whoever needs it, and do not keep it. */
  public String reveal() {
    return value;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret
        && MessageDigest.isEqual(bytes(value), bytes(secret.value));
  }

  @Override
  public int hashCode() {
    return Secret.class.hashCode();
  }

  @Override
  public String toString() {
    return "(hidden)";
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
