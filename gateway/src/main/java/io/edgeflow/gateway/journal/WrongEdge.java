package io.edgeflow.gateway.journal;

import java.io.IOException;
import java.nio.file.Path;

/** The directory belongs to an edge of another name (J6). */
public final class WrongEdge extends IOException {
  private final String found;

  WrongEdge(Path where, String found, String configured) {
    super(
        where
            + " belongs to the edge '"
            + found
            + "', and the configuration says '"
            + configured
            + "'. Set `edge` to the name it was created with, or use another data directory.");
    this.found = found;
  }

  /** The name in the directory. */
  public String found() {
    return found;
  }
}
