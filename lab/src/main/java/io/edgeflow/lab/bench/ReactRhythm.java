package io.edgeflow.lab.bench;

import java.util.random.RandomGenerator;

/**
 * Who says what when in {@link ReactBench}: {@value #SERIES} series, each every {@value
 * #SPACING_MILLIS} ms, together 1 000 readings a second. One reading in {@value #CYCLE} of a series
 * jumps, and the next one is back: both switch the action of that series. The stamp of a reading
 * tells which one it is. Pure.
 */
final class ReactRhythm {
  static final int SERIES = 20;
  static final int SPACING_MILLIS = 20;
  static final int CYCLE = 20;
  static final int CYCLE_MILLIS = CYCLE * SPACING_MILLIS;

  /** In standard deviations of what a series normally does. */
  private static final double JUMP = 30;

  /** The score from which on an action is on: no reading but a jump comes near it. */
  static final double THRESHOLD = 2;

  private static final double CENTRE = 100;
  private static final String DEVICE = "rig-";
  private static final String POINT = "/value";
  private static final String SLOT = "any";

  private ReactRhythm() {}

  static String device(int series) {
    return DEVICE + (series < 10 ? "0" : "") + series;
  }

  static String series(int series) {
    return device(series) + POINT;
  }

  static String score(int series) {
    return series(series) + "/" + SLOT + ".score";
  }

  static String slot() {
    return SLOT;
  }

  /** Its number; below 0 if it is none of them. */
  static int number(String name) {
    if (!name.startsWith(DEVICE) || name.length() < DEVICE.length() + 2) {
      return -1;
    }
    int tens = name.charAt(DEVICE.length()) - '0';
    int ones = name.charAt(DEVICE.length() + 1) - '0';
    return 10 * tens + ones;
  }

  /** Whether a name is that of a score that an action follows. */
  static boolean isScore(String name) {
    return name.endsWith(".score");
  }

  static boolean isReading(String name) {
    return name.endsWith(POINT);
  }

  static double normal(RandomGenerator random) {
    return CENTRE + random.nextGaussian();
  }

  /** What a series shows: small changes, and now and then a jump, up and down by turns. */
  static double value(int series, long stampMillis, RandomGenerator random) {
    double normal = normal(random);
    if (!switchesOn(series, stampMillis)) {
      return normal;
    }
    return stampMillis / CYCLE_MILLIS % 2 == 0 ? normal + JUMP : normal - JUMP;
  }

  /** Whether the reading of that stamp switches the action of its series on. */
  static boolean switchesOn(int series, long stampMillis) {
    return beat(series, stampMillis) == 0;
  }

  /** The stamp of the newest reading up to one that switched the action so. */
  static long cause(int series, long stampMillis, boolean on) {
    long back = Math.floorMod(beat(series, stampMillis) - (on ? 0 : 1), CYCLE);
    return stampMillis - back * SPACING_MILLIS;
  }

  private static long beat(int series, long stampMillis) {
    return Math.floorMod(stampMillis / SPACING_MILLIS - series, (long) CYCLE);
  }
}
