package io.edgeflow.gateway.broker;

/** Which topics capture looks at; a mapping decides later what becomes of them. */
final class CapturedTopics {
  private static final String INTERNAL = "edgeflow/";

  private CapturedTopics() {}

  /** Everything but what EdgeFlow and the broker say among themselves. */
  static boolean contain(String topic) {
    return !topic.startsWith(INTERNAL) && !topic.startsWith("$");
  }
}
