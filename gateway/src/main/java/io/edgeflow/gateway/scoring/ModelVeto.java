package io.edgeflow.gateway.scoring;

import java.util.Optional;

/** Models that must not be loaded, whoever asks for them. Any thread; must not block. */
@FunctionalInterface
public interface ModelVeto {
  ModelVeto NONE = digest -> Optional.empty();

  /**
   * @param digest of a bundle
   * @return why it must not be loaded; empty if it may
   */
  Optional<String> against(String digest);
}
