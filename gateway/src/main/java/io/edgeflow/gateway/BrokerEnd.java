package io.edgeflow.gateway;

import io.edgeflow.gateway.broker.GatewayBroker;
import org.jspecify.annotations.Nullable;

/**
 * Lets the broker stop beside the rest: HiveMQ is quiet for two seconds before it ends, and the
 * last frames can be sent meanwhile. Owned by the thread that closes the process.
 */
final class BrokerEnd {
  private @Nullable Thread ending;

  void begin(GatewayBroker broker) {
    ending = Thread.ofPlatform().name("broker-end").start(broker::close);
  }

  void await() throws InterruptedException {
    if (ending != null) {
      ending.join();
    }
  }
}
