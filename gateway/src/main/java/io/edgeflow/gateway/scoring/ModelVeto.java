package io.edgeflow.gateway.scoring;

import java.util.Optional;

/**
 * What is known of models before they are loaded, whoever asks for them. Any thread; must not
 * block.
 */
@FunctionalInterface
public interface ModelVeto {
  ModelVeto NONE = digest -> Optional.empty();

  /**
   * @param digest of a bundle
   * @return why it must not be loaded; empty if it may
   */
  Optional<String> against(String digest);

  /** Whether it has proved itself here: then deaths of the process are not held against it long. */
  default boolean didWell(String digest) {
    return false;
  }
}
