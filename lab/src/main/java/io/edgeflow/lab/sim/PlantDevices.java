package io.edgeflow.lab.sim;

import java.time.Duration;
import java.util.List;

/** The kinds of devices of the plant, with the physics that their points share. */
final class PlantDevices {
  private final long seed;
  private final Duration cavitateEvery;

  /**
   * @param cavitateEvery each pump cavitates once in every such stretch of time
   */
  PlantDevices(long seed, Duration cavitateEvery) {
    this.seed = seed;
    this.cavitateEvery = cavitateEvery;
  }

  /** The device of a number from 0: two pumps, then a tank, then a compressor, and so on. */
  List<SimulatedPoint> device(int number) {
    int round = number / 4;
    return switch (number % 4) {
      case 0 -> pump(2 * round + 1);
      case 1 -> pump(2 * round + 2);
      case 2 -> tank(round + 1);
      default -> compressor(round + 1);
    };
  }

  /** A pump that loses flow, shakes and draws an uneven current while it cavitates. */
  private List<SimulatedPoint> pump(int number) {
    String name = "pump-" + number;
    long own = seed * 31 + number;
    Signal cavitation = new Cavitation(own, cavitateEvery);
    Signal load = Signal.daily(0.12, 14).plus(Signal.wander(own, 0.05, Duration.ofMinutes(7)));
    Signal running = Signal.constant(1).plus(load);
    Signal shaking = cavitation.times(Signal.noise(own + 1, 1));
    Signal flow =
        Signal.constant(120)
            .times(running)
            .plus(Signal.noise(own + 2, 0.6))
            .plus(cavitation.times(Signal.constant(-42)))
            .plus(shaking.times(Signal.constant(6)));
    Signal pressure =
        Signal.constant(4.2)
            .times(running)
            .plus(Signal.noise(own + 3, 0.02))
            .plus(cavitation.times(Signal.constant(-0.9)));
    Signal vibration =
        Signal.constant(2.1)
            .plus(Signal.drift(0.5, 30))
            .plus(Signal.noise(own + 4, 0.08))
            .plus(cavitation.times(Signal.constant(6.5)))
            .plus(shaking.times(Signal.constant(1.2)));
    Signal current =
        Signal.constant(11.5)
            .times(running)
            .plus(Signal.noise(own + 5, 0.05))
            .plus(shaking.times(Signal.constant(0.9)));
    Signal bearing =
        Signal.constant(48)
            .plus(Signal.daily(4, 16))
            .plus(Signal.wander(own + 6, 1.5, Duration.ofMinutes(20)))
            .plus(cavitation.times(Signal.constant(3)));
    return List.of(
        new SimulatedPoint(name, "flow", "l/min", 2, PayloadForm.JSON, flow),
        new SimulatedPoint(name, "pressure", "bar", 3, PayloadForm.BARE, pressure),
        new SimulatedPoint(name, "vibration", "mm/s", 2, PayloadForm.JSON, vibration),
        new SimulatedPoint(name, "current", "A", 2, PayloadForm.JSON, current),
        new SimulatedPoint(name, "bearing/temperature", "degC", 1, PayloadForm.JSON, bearing));
  }

  private List<SimulatedPoint> tank(int number) {
    String name = "tank-" + number;
    long own = seed * 37 + number;
    Signal level = Signal.constant(62).plus(Signal.wander(own, 25, Duration.ofMinutes(11)));
    Signal temperature =
        Signal.constant(18).plus(Signal.daily(3, 15)).plus(Signal.noise(own + 1, 0.05));
    return List.of(
        new SimulatedPoint(name, "level", "%", 1, PayloadForm.BARE, level),
        new SimulatedPoint(name, "temperature", "degC", 2, PayloadForm.JSON, temperature));
  }

  private List<SimulatedPoint> compressor(int number) {
    String name = "compressor-" + number;
    long own = seed * 41 + number;
    Signal demand = Signal.daily(0.4, 11).plus(Signal.wander(own, 0.3, Duration.ofMinutes(3)));
    Signal pressure = Signal.constant(7.1).plus(demand.times(Signal.constant(-0.4)));
    Signal power =
        Signal.constant(22).plus(demand.times(Signal.constant(9))).plus(Signal.noise(own + 1, 0.3));
    Signal dewPoint = Signal.constant(-21).plus(Signal.daily(2, 6)).plus(Signal.drift(3, 90));
    return List.of(
        new SimulatedPoint(name, "pressure", "bar", 2, PayloadForm.TOGETHER, pressure),
        new SimulatedPoint(name, "power", "kW", 1, PayloadForm.TOGETHER, power),
        new SimulatedPoint(name, "dew-point", "degC", 1, PayloadForm.TOGETHER, dewPoint));
  }
}
