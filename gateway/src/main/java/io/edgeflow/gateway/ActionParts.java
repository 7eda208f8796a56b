package io.edgeflow.gateway;

import io.edgeflow.gateway.actions.ActionDesk;
import io.edgeflow.gateway.actions.ActionOutput;
import io.edgeflow.gateway.actions.ActionRule;
import io.edgeflow.gateway.broker.GatewayBroker;
import io.edgeflow.gateway.config.ActionConfig;
import io.edgeflow.gateway.config.GatewayConfig;
import io.edgeflow.gateway.config.ModbusDeviceConfig;
import io.edgeflow.gateway.modbus.Poller;
import io.edgeflow.gateway.recorder.LatestReading;
import io.edgeflow.gateway.recorder.ReadingListener;
import io.edgeflow.gateway.recorder.Recorder;
import io.edgeflow.process.lifecycle.Lifecycle;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** From what is configured to actions that follow the recorder. */
final class ActionParts {
  private static final long PATIENCE_SECONDS = 5;

  private final GatewayConfig config;
  private final Recorder recorder;
  private final GatewayBroker broker;
  private final Optional<Poller> poller;
  private final Surroundings surroundings;
  private final MeterRegistry meters;

  ActionParts(
      GatewayConfig config,
      Recorder recorder,
      GatewayBroker broker,
      Optional<Poller> poller,
      Surroundings surroundings,
      MeterRegistry meters) {
    this.config = config;
    this.recorder = recorder;
    this.broker = broker;
    this.poller = poller;
    this.surroundings = surroundings;
    this.meters = meters;
  }

  /**
   * Lets the recorder tell of readings from now on.
   *
   * @param others who hears of readings as well
   */
  void open(Lifecycle parts, ReadingListener others) throws Exception {
    if (config.actions().isEmpty()) {
      recorder.listen(surroundings.taps().listener(others));
      return;
    }
    ActionDesk desk = parts.open("actions", this::desk, ActionDesk::close);
    recorder.listen(
        surroundings
            .taps()
            .listener(
                (series, time, number, text, quality) -> {
                  desk.accepted(series, time, number, text, quality);
                  others.accepted(series, time, number, text, quality);
                }));
    for (LatestReading known : recorder.latest().get(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      desk.latest(
          known.series(), known.timeMicros(), known.number(), known.text(), known.quality());
    }
    recorder.alarms().listen(desk);
    desk.start();
  }

  private ActionDesk desk() {
    List<ActionRule> rules = config.actions().stream().map(ActionConfig::rule).toList();
    Map<String, ActionOutput> outputs = new HashMap<>();
    for (ActionConfig action : config.actions()) {
      outputs.put(action.name(), surroundings.taps().output(action.name(), output(action)));
    }
    return new ActionDesk(
        rules,
        outputs,
        ActionMeters.counting(meters, recorder::event),
        recorder::presentMicros,
        surroundings.nanos());
  }

  private ActionOutput output(ActionConfig action) {
    if (action.mqtt().isPresent()) {
      return new MqttActionOutput(broker.localPublisher(), action.mqtt().get());
    }
    ActionConfig.Register register = action.modbus().orElseThrow();
    ModbusDeviceConfig device = config.modbus().devices().get(register.device());
    if (device == null) {
      throw new IllegalStateException("the configuration was not checked");
    }
    return ModbusActionOutput.of(poller.orElseThrow(), register, device.usualOrder());
  }
}
