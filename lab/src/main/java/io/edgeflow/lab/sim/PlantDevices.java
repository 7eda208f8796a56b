package io.edgeflow.lab.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The kinds of devices of the plant, with the physics that their points share. */
final class PlantDevices {
  private final long seed;
  private final FaultPlan plan;
  private final List<DrivenPump> pumps = new ArrayList<>();

  PlantDevices(long seed, FaultPlan plan) {
    this.seed = seed;
    this.plan = plan;
  }

  /** The pumps among the devices so far. */
  List<DrivenPump> pumps() {
    return pumps;
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

  private List<SimulatedPoint> pump(int number) {
    Drive drive = new Drive();
    Signal cause = plan.cause(number, Pump.seedOf(number, seed), drive);
    Pump pump = new Pump(number, drive, cause);
    pumps.add(new DrivenPump(pump, drive));
    return pump.sensors(seed);
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
