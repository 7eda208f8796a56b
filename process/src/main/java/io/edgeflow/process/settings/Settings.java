package io.edgeflow.process.settings;

import java.nio.file.Path;
import java.util.List;

/**
 * A configuration that passed every rule.
 *
 * @param value the record tree
 * @param effective every value in force as YAML, defaults included and secrets hidden, for the log
 * @param fragments the files beside the configuration's own that were read ({@link Fragments})
 */
public record Settings<T extends Record>(T value, String effective, List<Path> fragments) {
  public Settings {
    fragments = List.copyOf(fragments);
  }
}
