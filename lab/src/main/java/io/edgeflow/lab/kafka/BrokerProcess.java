package io.edgeflow.lab.kafka;

import io.edgeflow.process.cli.CommandRunner;
import io.edgeflow.process.lifecycle.ExitCodes;
import io.edgeflow.process.lifecycle.Lifecycle;
import io.edgeflow.process.lifecycle.SignalStop;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The main class of a broker that can be killed and started again. */
@Command(name = "kafka-broker")
public final class BrokerProcess implements Callable<Integer> {
  @Parameters(index = "0", description = "Where it keeps what it has.")
  private Path folder = Path.of("");

  @Parameters(index = "1", description = "Where clients reach it, on loopback.")
  private int port;

  @Parameters(index = "2", description = "Where it reaches itself as its controller.")
  private int controllerPort;

  public static void main(String[] args) {
    System.exit(CommandRunner.run(new BrokerProcess(), args));
  }

  @Override
  public Integer call() throws Exception {
    Files.createDirectories(folder);
    Lifecycle parts = new Lifecycle("kafka");
    SignalStop.install(parts);
    parts.open("broker", () -> KafkaBroker.start(folder, port, controllerPort), KafkaBroker::close);
    parts.awaitClosed();
    return ExitCodes.DONE;
  }
}
