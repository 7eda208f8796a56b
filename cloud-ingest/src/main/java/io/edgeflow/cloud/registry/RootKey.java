package io.edgeflow.cloud.registry;

import io.edgeflow.process.trust.VerifyingKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Reads the root that the cloud pins. */
public final class RootKey {
  private RootKey() {}

  /**
   * @param file {@code root.pub}; none: there is no root
   * @throws IOException if it cannot be read, or is none
   */
  public static Optional<VerifyingKey> read(Optional<Path> file) throws IOException {
    if (file.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(VerifyingKey.parse(Files.readString(file.get())));
    } catch (IOException unreadable) {
      throw new IOException("deploy.root: " + file.get() + " cannot be read", unreadable);
    } catch (IllegalArgumentException notOne) {
      throw new IOException(
          "deploy.root: " + file.get() + " " + notOne.getMessage() + ", as root.pub is", notOne);
    }
  }
}
