package io.edgeflow.models.pump;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Something that goes wrong with a pump, or with one of its sensors.
 *
 * @param point which sensor; not used by cavitation, which all of them show
 * @param fromSecond since the readings begin
 * @param size 0 to 1, from hardly there to bad
 */
public record Fault(Kind kind, int point, int fromSecond, int toSecond, double size) {
  private static final int APART_SECONDS = 3_600;

  /** In noises of the sensor. */
  private static final double LEAST_SPIKE = 8;

  private static final double LARGEST_SPIKE = 20;
  private static final double LEAST_DRIFT = 15;
  private static final double LARGEST_DRIFT = 45;

  /** What goes wrong. */
  public enum Kind {
    /** The inlet runs dry: flow and pressure fall, vibration rises, for one to five minutes. */
    CAVITATION(60, 300),
    /** A sensor walks away from the truth, over half an hour. */
    DRIFT(1_800, 1_800),
    /** A sensor repeats its last value, for two to ten minutes. */
    STUCK(120, 600),
    /** A sensor shows one wild value. */
    SPIKE(1, 1),
    /**
     * A bearing is damaged: it rings as the balls roll over it, for ten minutes to half an hour.
     */
    BEARING(600, 1_800);

    /** What the slow sensors of a pump show. */
    private static final List<Kind> OF_SENSORS = List.of(CAVITATION, DRIFT, STUCK, SPIKE);

    /** What its vibration shows. */
    private static final List<Kind> OF_VIBRATION = List.of(CAVITATION, BEARING);

    private final int shortest;
    private final int longest;

    Kind(int shortest, int longest) {
      this.shortest = shortest;
      this.longest = longest;
    }
  }

  /**
   * Faults of all kinds in turn, one in each stretch of two hours, at random moments and of random
   * sizes. Equal seeds give equal faults.
   */
  public static List<Fault> plan(long seed, int days) {
    return plan(seed, days, Kind.OF_SENSORS);
  }

  /** Such as the vibration shows, likewise. */
  public static List<Fault> planOfVibration(long seed, int days) {
    return plan(seed, days, Kind.OF_VIBRATION);
  }

  private static List<Fault> plan(long seed, int days, List<Kind> kinds) {
    var random = new SplittableRandom(seed);
    List<Fault> faults = new ArrayList<>();
    int stretch = 2 * APART_SECONDS;
    for (int begins = 0; begins < days * SimulatedPump.SECONDS_PER_DAY; begins += stretch) {
      Kind kind = kinds.get(faults.size() % kinds.size());
      int from = begins + APART_SECONDS / 2 + random.nextInt(APART_SECONDS / 2);
      int length = kind.shortest + random.nextInt(kind.longest - kind.shortest + 1);
      int point = random.nextInt(SimulatedPump.POINTS.size());
      faults.add(new Fault(kind, point, from, from + length, random.nextDouble()));
    }
    return faults;
  }

  double shown(
      int which, int second, double value, double before, double noise, SplittableRandom random) {
    if (kind == Kind.CAVITATION) {
      return cavitating(which, value, random);
    }
    if (which != point) {
      return value;
    }
    return switch (kind) {
      case STUCK -> before;
      case SPIKE -> value + noise * between(LEAST_SPIKE, LARGEST_SPIKE);
      case DRIFT -> {
        double progress = (second - fromSecond) / (double) (toSecond - fromSecond);
        yield value + noise * progress * between(LEAST_DRIFT, LARGEST_DRIFT);
      }
      case CAVITATION, BEARING -> value;
    };
  }

  private double between(double least, double most) {
    return least + size * (most - least);
  }

  private double cavitating(int which, double value, SplittableRandom random) {
    double rough = between(0.3, 1) * (0.7 + 0.3 * random.nextDouble());
    return switch (which) {
      case 0 -> value * (1 - 0.15 * rough);
      case 1 -> value * (1 - 0.12 * rough);
      case 2 -> value * (1 + 0.6 * rough);
      default -> value * (1 - 0.03 * rough);
    };
  }
}
