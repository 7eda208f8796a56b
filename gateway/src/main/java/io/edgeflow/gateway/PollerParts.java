package io.edgeflow.gateway;

import io.edgeflow.gateway.broker.GatewayBroker;
import io.edgeflow.gateway.config.ModbusConfig;
import io.edgeflow.gateway.modbus.Backoff;
import io.edgeflow.gateway.modbus.ModbusBus;
import io.edgeflow.gateway.modbus.ModbusCounters;
import io.edgeflow.gateway.modbus.ModbusLine;
import io.edgeflow.gateway.modbus.PollOutput;
import io.edgeflow.gateway.modbus.Poller;
import io.edgeflow.gateway.modbus.line.StreamLine;
import io.edgeflow.gateway.recorder.Recorder;
import io.edgeflow.gateway.recorder.RejectLog;
import io.edgeflow.process.lifecycle.Lifecycle;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens what polls the configured devices; nothing where there are none. */
final class PollerParts {
  private static final Logger log = LoggerFactory.getLogger(PollerParts.class);

  private static final Backoff BACKOFF =
      new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30));

  private PollerParts() {}

  static Optional<Poller> open(
      ModbusConfig config,
      Lifecycle parts,
      Recorder recorder,
      RejectLog rejects,
      GatewayBroker broker,
      ModbusCounters counters)
      throws Exception {
    if (config.devices().isEmpty()) {
      return Optional.empty();
    }
    config.notes().forEach(note -> log.info("Modbus: {}", note));
    PollOutput output =
        new PollOutput(
            recorder.intake(),
            broker.localPublisher()::publish,
            ModbusParts.faults(recorder, rejects),
            counters);
    return Optional.of(parts.open("poller", () -> start(config, output), Poller::close));
  }

  private static Poller start(ModbusConfig config, PollOutput output) {
    Map<ModbusBus, ModbusLine> lines = new LinkedHashMap<>();
    for (ModbusConfig.Line line : config.lines()) {
      lines.put(ModbusParts.bus(line), new StreamLine(ModbusParts.settings(line.connection())));
    }
    Poller poller =
        new Poller(
            List.copyOf(lines.keySet()),
            bus -> Objects.requireNonNull(lines.get(bus)),
            output,
            BACKOFF,
            () -> ThreadLocalRandom.current().nextDouble());
    poller.start();
    return poller;
  }
}
