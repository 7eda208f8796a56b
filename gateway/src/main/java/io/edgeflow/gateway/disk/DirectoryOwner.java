package io.edgeflow.gateway.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Who has a directory open, asked without touching anything (J6). */
public final class DirectoryOwner {
  private DirectoryOwner() {}

  /**
   * Who holds the lock at this moment, as recorded in the file; empty if nobody does.
   *
   * @param lockFile what {@link Disk#lock} was called with; it may be absent
   */
  public static Optional<String> of(Path lockFile) throws IOException {
    return DirectoryLock.holder(lockFile);
  }
}
