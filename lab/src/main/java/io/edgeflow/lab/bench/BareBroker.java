package io.edgeflow.lab.bench;

import io.edgeflow.process.mqtt.BrokerExtension;
import io.edgeflow.process.mqtt.BrokerSettings;
import io.edgeflow.process.mqtt.BrokerStartException;
import io.edgeflow.process.mqtt.EmbeddedBroker;
import java.util.concurrent.locks.LockSupport;

/** The gateway's broker with nothing attached: what a benchmark compares with. */
public final class BareBroker {
  private BareBroker() {}

  /** Runs until its process is ended. */
  public static void main(String[] args) throws BrokerStartException {
    BrokerSettings settings = BrokerSettings.of("127.0.0.1", Integer.parseInt(args[0]));
    try (EmbeddedBroker broker = EmbeddedBroker.start(settings, BrokerExtension.NONE)) {
      while (broker.port() > 0) {
        LockSupport.park();
      }
    }
  }
}
