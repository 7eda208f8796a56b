package io.edgeflow.gateway.capture;

/**
 * Reads messages that mean something only together with earlier ones of the same sender. It decides
 * nothing: what it hears goes through the same checks as every reading. Owned by the owner thread
 * from the moment it is handed over; no input makes it throw.
 */
public interface Dialect {
  /** Every topic is left to the mappings. */
  Dialect NONE =
      new Dialect() {
        @Override
        public boolean reads(String topic) {
          return false;
        }

        @Override
        public void read(String topic, byte[] payload, Heard heard) {}

        @Override
        public void tick(Heard heard) {}

        @Override
        public boolean idle() {
          return true;
        }
      };

  /** Whether it reads what is published there, in place of the mappings. */
  boolean reads(String topic);

  /**
   * Tells what a message says.
   *
   * @param payload not to be changed or kept
   */
  void read(String topic, byte[] payload, Heard heard);

  /** Some time has passed. Of what is heard here only events count: there is no message. */
  void tick(Heard heard);

  /** Whether time passes for it unseen: nothing is to be done before the next message. */
  boolean idle();
}
