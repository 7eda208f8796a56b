package io.edgeflow.gateway.disk;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Another process, or another journal of this one, has the directory open (J6). */
public final class DirectoryInUse extends IOException {
  private final String owner;

  public DirectoryInUse(@Nullable Path directory, String owner) {
    super("The directory " + directory + " is in use by " + owner + ". Stop that one first.");
    this.owner = owner;
  }

  /** Who has it, as recorded in the directory: process id, host, start. */
  public String owner() {
    return owner;
  }
}
