package io.edgeflow.gateway.uplink;

/** The network as the uplink sees it: one attempt to connect after another. */
public interface Link {
  /**
   * Begins to connect and returns at once. What comes of it, the listener hears, from any thread:
   * {@code opened} at most once; {@code closed} exactly once and last.
   *
   * @param will the presence that the broker publishes, retained, if the connection breaks
   */
  Attempt open(byte[] will, Listener listener);

  /** Lets go of threads; no attempt may be open. */
  default void close() {}

  /** One connection, from its first packet to its last. Safe for use from any thread. */
  interface Attempt {
    /** Sends at least once if the connection lasts; never blocks. Nothing tells of its arrival. */
    void publish(String topic, byte[] payload, boolean retained);

    /**
     * Ends the attempt, at any stage. An opened connection says goodbye after what was published
     * before, within a second, and leaves no will behind.
     */
    void close();
  }

  /** Hears what happens to an attempt. Its methods must not block. */
  interface Listener {
    /** Connected, and subscribed to acknowledgements. */
    void opened();

    /** An acknowledgement came in. */
    void acknowledged(byte[] payload);

    /**
     * @param reason for a person
     */
    void closed(String reason);
  }
}
