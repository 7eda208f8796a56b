package io.edgeflow.lab.bench;

import io.edgeflow.process.cli.CommandRunner;
import io.edgeflow.process.mqtt.BrokerExtension;
import io.edgeflow.process.mqtt.BrokerSettings;
import io.edgeflow.process.mqtt.EmbeddedBroker;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The gateway's broker with nothing attached, in a process of its own: the other side of ratios.
 */
@Command(name = "bare-broker", description = "An MQTT broker on loopback that captures nothing.")
public final class BareBroker implements Callable<Integer> {
  @Option(names = "--port", required = true, description = "where it listens")
  private int port;

  @Override
  public Integer call() throws Exception {
    try (EmbeddedBroker broker =
        EmbeddedBroker.start(BrokerSettings.of("127.0.0.1", port), BrokerExtension.NONE)) {
      // Until the process is ended.
      new CountDownLatch(broker.port() > 0 ? 1 : 0).await();
    }
    return 0;
  }

  public static void main(String[] args) {
    System.exit(CommandRunner.run(new BareBroker(), args));
  }
}
