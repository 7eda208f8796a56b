package io.edgeflow.gateway;

import io.edgeflow.gateway.broker.GatewayBroker;
import io.edgeflow.gateway.config.ModbusConfig;
import io.edgeflow.gateway.modbus.Backoff;
import io.edgeflow.gateway.modbus.ModbusCounters;
import io.edgeflow.gateway.modbus.ModbusDevice;
import io.edgeflow.gateway.modbus.Plc4xRegisters;
import io.edgeflow.gateway.modbus.PollOutput;
import io.edgeflow.gateway.modbus.Poller;
import io.edgeflow.gateway.recorder.Recorder;
import io.edgeflow.gateway.recorder.RejectLog;
import io.edgeflow.process.lifecycle.Lifecycle;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** Opens what polls the configured devices; nothing where there are none. */
final class PollerParts {
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
    List<ModbusDevice> devices = ModbusParts.devices(config);
    if (devices.isEmpty()) {
      return Optional.empty();
    }
    Plc4xRegisters registers =
        parts.open("modbus connections", Plc4xRegisters::new, Plc4xRegisters::close);
    PollOutput output =
        new PollOutput(
            recorder.intake(),
            broker.localPublisher()::publish,
            ModbusParts.faults(recorder, rejects),
            counters);
    return Optional.of(
        parts.open("poller", () -> start(devices, registers, output), Poller::close));
  }

  private static Poller start(
      List<ModbusDevice> devices, Plc4xRegisters registers, PollOutput output) {
    Poller poller =
        new Poller(
            devices,
            registers::open,
            output,
            BACKOFF,
            () -> ThreadLocalRandom.current().nextDouble());
    poller.start();
    return poller;
  }
}
