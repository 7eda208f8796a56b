package io.edgeflow.lab.sim;

import java.time.Duration;
import java.util.List;

/**
 * A pump with its drive. It loses flow, shakes and draws an uneven current while it cavitates, and
 * cavitates less the slower it runs.
 *
 * @param number from 1
 * @param speed as a part of the full one
 * @param cause how much it wants to cavitate, 0 to 1
 */
public record Pump(int number, Signal speed, Signal cause) {
  /** Below this speed nothing makes it cavitate. */
  private static final double CALM_SPEED = 0.7;

  /** From this speed on it cavitates as badly as its cause says. */
  private static final double FULL_EFFECT = 0.9;

  /** The name of its device. */
  public String name() {
    return "pump-" + number;
  }

  /** How badly it cavitates, 0 to 1. */
  public Signal cavitation() {
    return micros ->
        cause.at(micros)
            * Math.clamp((speed.at(micros) - CALM_SPEED) / (FULL_EFFECT - CALM_SPEED), 0, 1);
  }

  /**
   * What its sensors show.
   *
   * @param seed of the plant
   */
  public List<SimulatedPoint> sensors(long seed) {
    return points(seedOf(number, seed));
  }

  /** Each pump has chances of its own. */
  static long seedOf(int number, long seed) {
    return seed * 31 + number;
  }

  private List<SimulatedPoint> points(long own) {
    Signal cavitation = cavitation();
    Signal load = Signal.daily(0.12, 14).plus(Signal.wander(own, 0.05, Duration.ofMinutes(7)));
    Signal running = Signal.constant(1).plus(load);
    Signal shaking = cavitation.times(Signal.noise(own + 1, 1));
    // The laws of affinity: flow goes with the speed, pressure with its square, power with its
    // cube.
    Signal square = speed.times(speed);
    Signal flow =
        Signal.constant(120)
            .times(running)
            .times(speed)
            .plus(Signal.noise(own + 2, 0.6))
            .plus(cavitation.times(Signal.constant(-42)))
            .plus(shaking.times(Signal.constant(6)));
    Signal pressure =
        Signal.constant(4.2)
            .times(running)
            .times(square)
            .plus(Signal.noise(own + 3, 0.02))
            .plus(cavitation.times(Signal.constant(-0.9)));
    Signal vibration =
        Signal.constant(2.1)
            .times(speed)
            .plus(Signal.drift(0.5, 30))
            .plus(Signal.noise(own + 4, 0.08))
            .plus(cavitation.times(Signal.constant(6.5)))
            .plus(shaking.times(Signal.constant(1.2)));
    Signal current =
        Signal.constant(11.5)
            .times(running)
            .times(square)
            .times(speed)
            .plus(Signal.noise(own + 5, 0.05))
            .plus(shaking.times(Signal.constant(0.9)));
    Signal bearing =
        Signal.constant(48)
            .plus(Signal.daily(4, 16))
            .plus(Signal.wander(own + 6, 1.5, Duration.ofMinutes(20)))
            .plus(cavitation.times(Signal.constant(3)));
    return List.of(
        new SimulatedPoint(name(), "flow", "l/min", 2, PayloadForm.JSON, flow),
        new SimulatedPoint(name(), "pressure", "bar", 3, PayloadForm.BARE, pressure),
        new SimulatedPoint(name(), "vibration", "mm/s", 2, PayloadForm.JSON, vibration),
        new SimulatedPoint(name(), "current", "A", 2, PayloadForm.JSON, current),
        new SimulatedPoint(name(), "bearing/temperature", "degC", 1, PayloadForm.JSON, bearing));
  }
}
