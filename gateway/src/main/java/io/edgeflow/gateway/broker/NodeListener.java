package io.edgeflow.gateway.broker;

/**
 * Hears what nodes say of themselves, on its way into the broker. Called on event loops: must not
 * block.
 */
public interface NodeListener {
  /** Hears nothing. */
  NodeListener NONE =
      new NodeListener() {
        @Override
        public void said(Object connection, String topic, byte[] payload) {}

        @Override
        public boolean takes(String topic) {
          return true;
        }

        @Override
        public void ended(Object connection) {}
      };

  /**
   * @param connection stands for the sender's connection
   * @param payload not to be changed
   */
  void said(Object connection, String topic, byte[] payload);

  /** Whether what a node publishes there, other than of itself, may become readings. */
  boolean takes(String topic);

  /** A connection that said something is over. */
  void ended(Object connection);
}
