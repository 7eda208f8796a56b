package io.edgeflow.process.mqtt;

/** What a process adds to its broker: initializers, authorizers, interceptors. */
public interface BrokerExtension {
  /** Adds nothing. */
  BrokerExtension NONE = services -> {};

  /**
   * Called before the listener is bound; nobody is connected yet. Called again, with other
   * services, if a free port was asked for and somebody else got it first. Whatever this throws
   * fails the start of the broker, and its port is not left bound (A7).
   *
   * @param services this broker's own; keep them, because HiveMQ's static {@code Services} belong
   *     to whichever broker of the JVM started last
   */
  void start(BrokerServices services) throws Exception;

  /** Called once after a start that succeeded, when clients are still connected. */
  default void stop() {}
}
