package io.edgeflow.cloud.deploy.kafka;

/**
 * Acts on somebody's word that a version of the program was published. Nobody vouches for that
 * word, it may come twice, late, or of an old version: whoever acts looks for himself, and starts
 * only what is configured.
 */
@FunctionalInterface
public interface UpdateTrigger {
  /**
   * On a thread that must not wait for long.
   *
   * @param tag letters, digits, dots, dashes and underscores
   * @param source which way it came, for the history
   */
  void requested(String tag, String source);
}
