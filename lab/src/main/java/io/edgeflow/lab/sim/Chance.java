package io.edgeflow.lab.sim;

/**
 * Random numbers that are functions: of a seed and a position, so that time can be asked anywhere.
 */
final class Chance {
  private Chance() {}

  /** Uniform from 0 (inclusive) to 1 (exclusive). */
  static double of(long seed, long position) {
    return (mix(seed * 0x9E3779B97F4A7C15L + mix(position)) >>> 11) * 0x1p-53;
  }

  /** Nearly normal, mean 0 and deviation 1: four uniform numbers, so never beyond 3.5. */
  static double bell(long seed, long position) {
    double sum = 0;
    for (int i = 0; i < 4; i++) {
      sum += of(seed + i * 0x632BE59BD9B4E019L, position);
    }
    return (sum - 2) * Math.sqrt(3);
  }

  /** Spreads every bit over all others (the finaliser of a 64-bit hash). */
  private static long mix(long bits) {
    long mixed = (bits ^ (bits >>> 32)) * 0xD6E8FEB86659FD93L;
    mixed = (mixed ^ (mixed >>> 32)) * 0xD6E8FEB86659FD93L;
    return mixed ^ (mixed >>> 32);
  }
}
