package io.edgeflow.lab.sim;

import java.util.OptionalLong;

/**
 * The drive of a pump: at full speed, or slowed down by the coil of its controller. It takes two
 * seconds to get there. Any thread.
 */
public final class Drive implements Signal {
  /** The part of the full speed at which a pump runs that is slowed down. */
  public static final double SLOW = 0.65;

  private static final double RAMP_MICROS = 2_000_000;

  private record Course(double from, boolean slow, long sinceMicros) {
    double at(long micros) {
      double progress = Math.clamp((micros - sinceMicros) / RAMP_MICROS, 0, 1);
      return from + ((slow ? SLOW : 1) - from) * progress;
    }
  }

  private volatile Course course = new Course(1, false, 0);

  /** The speed as a part of the full one. */
  @Override
  public double at(long micros) {
    return course.at(micros);
  }

  public boolean isSlow() {
    return course.slow();
  }

  /** Since when the controller has held it slow, in microseconds since the epoch. */
  public OptionalLong slowSinceMicros() {
    Course now = course;
    return now.slow() ? OptionalLong.of(now.sinceMicros()) : OptionalLong.empty();
  }

  /** What the coil says; saying the same again changes nothing. */
  public synchronized void slow(boolean slow, long micros) {
    Course now = course;
    if (now.slow() != slow) {
      course = new Course(now.at(micros), slow, micros);
    }
  }
}
