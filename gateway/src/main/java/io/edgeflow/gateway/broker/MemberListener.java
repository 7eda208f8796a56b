package io.edgeflow.gateway.broker;

import java.util.Optional;

/**
 * Hears what edges behind this gateway say, on its way into the broker, and says who may say it.
 * Called on event loops: must not block.
 */
public interface MemberListener {
  /** There is nobody behind this gateway: what edges say among themselves passes unheard. */
  MemberListener NONE =
      new MemberListener() {
        @Override
        public boolean admits(Optional<String> speaker, String topic) {
          return true;
        }

        @Override
        public Line connected(Client client) {
          return Line.DEAF;
        }
      };

  /**
   * Whether somebody may publish there; of everything that is published, wills too.
   *
   * @param speaker the only edge that it can be; empty: it may be any
   */
  boolean admits(Optional<String> speaker, String topic);

  /** Somebody connected, and is heard there until it ends. */
  Line connected(Client client);

  /** One connection of somebody. Any thread. */
  interface Client {
    /** As it named itself to the broker. */
    String id();

    /** Ends it, without a word. */
    void close();
  }

  /** Hears one connection, in order. */
  interface Line {
    /** Hears nothing. */
    Line DEAF =
        new Line() {
          @Override
          public void said(String topic, byte[] payload, boolean retained) {}

          @Override
          public void ended() {}
        };

    /**
     * Something that is not captured was published at QoS 1.
     *
     * @param payload not to be changed
     */
    void said(String topic, byte[] payload, boolean retained);

    /** It is over; comes last. */
    void ended();
  }
}
