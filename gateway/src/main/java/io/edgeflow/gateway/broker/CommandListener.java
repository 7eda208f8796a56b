package io.edgeflow.gateway.broker;

import java.util.Optional;

/**
 * Hears what clients want set, on its way into the broker. Called on event loops: must not block.
 */
public interface CommandListener {
  /** Hears nothing. */
  CommandListener NONE =
      new CommandListener() {
        @Override
        public boolean hears(String topic) {
          return false;
        }

        @Override
        public void said(Caller caller, String topic, byte[] payload, boolean retained) {}
      };

  /**
   * Who says it.
   *
   * @param clientId as it named itself
   * @param user as it logged in; empty where the broker has no users
   * @param named whether a topic filter of that user names the topic, so that somebody meant it
   */
  record Caller(String clientId, Optional<String> user, boolean named) {}

  /** Whether what is published there is meant for it. */
  boolean hears(String topic);

  /**
   * Something was published there by a client that may publish there.
   *
   * @param payload not to be changed
   */
  void said(Caller caller, String topic, byte[] payload, boolean retained);
}
