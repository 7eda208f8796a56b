package io.edgeflow.gateway.source;

/** The network as a source sees it: one attempt to connect after another. */
public interface SourceLink {
  /**
   * Begins to connect, to resume the session and to subscribe, and returns at once. What comes of
   * it, the listener hears: {@code opened} at most once; {@code closed} exactly once and last.
   */
  Attempt open(SourceSettings settings, SourceVersion version, Listener listener);

  /** One connection, from its first packet to its last. Safe for use from any thread. */
  interface Attempt {
    /** Ends it, at any stage, without ending the session. Never blocks. */
    void close();
  }

  /** Hears one attempt, on its own thread. Only {@code arrived} may block. */
  interface Listener {
    /**
     * Connected and subscribed.
     *
     * @param resumed whether the broker still had the session
     */
    void opened(boolean resumed);

    /**
     * May come before {@link #opened}: what the session held comes first. Until it returns nothing
     * more is read, and the broker has to wait.
     */
    void arrived(Arrival arrival);

    void closed(Ending ending);
  }

  /** A message, until it is acknowledged. Safe for use from any thread. */
  interface Arrival {
    String topic();

    /** A copy of its own. */
    byte[] payload();

    /** Whether the broker waits for its acknowledgement. */
    boolean isAcknowledged();

    /** Whether it is an old value, sent because we subscribed. */
    boolean isRetained();

    /**
     * Lets the broker forget it, once all that came before it are acknowledged too. Does nothing if
     * the connection is over, or if nobody waits for it.
     */
    void acknowledge();
  }

  /** Why a connection is over. */
  enum Kind {
    /** There was none. */
    UNREACHABLE,
    /** The other side said that it does not speak this version, or answered in another one. */
    OTHER_VERSION,
    /** It ended without any answer. */
    SILENT,
    /** By the broker, for a reason that another attempt may not mend. */
    REFUSED,
    /** After it was open. */
    LOST,
    /** By us. */
    CLOSED
  }

  /**
   * @param reason for a person
   */
  record Ending(Kind kind, String reason) {}
}
