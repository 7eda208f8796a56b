package io.edgeflow.lab.bench;

/**
 * What is drained.
 *
 * @param series a multiple of 20
 * @param minutes of each outage
 * @param readings in each window
 * @param rounds outages
 * @param bare whether the same rows are copied afterwards
 */
record DrainShape(int series, int minutes, int readings, int rounds, boolean bare) {
  /** Of one outage. */
  long windows() {
    return (long) series * minutes;
  }
}
