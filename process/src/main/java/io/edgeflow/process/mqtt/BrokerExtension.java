package io.edgeflow.process.mqtt;

/** What a process adds to its broker: initializers, authorizers, interceptors. */
public interface BrokerExtension {
  /** Adds nothing. */
  BrokerExtension NONE = services -> {};

  /**
   * Called once, before the listener is bound; nobody is connected yet. Whatever this throws fails
   * the start of the broker, and its port is not left bound (A7).
   *
   * @param services this broker's own; keep them, because HiveMQ's static {@code Services} belong
   *     to whichever broker of the JVM started last
   */
  void start(BrokerServices services) throws Exception;

  /** Called once after a start that succeeded, when clients are still connected. */
  default void stop() {}
}
