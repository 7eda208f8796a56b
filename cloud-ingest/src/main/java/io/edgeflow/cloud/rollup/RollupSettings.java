package io.edgeflow.cloud.rollup;

import java.time.Duration;

/**
 * @param pace how often it looks for work
 * @param quiet so long nothing may have touched an hour before it is rolled up
 * @param patience so long after its first touch it is rolled up all the same
 * @param rows at most so many rows are rolled up by one statement, unless one edge has more series
 * @param minutes how long windows are kept; hours and days are of older ones, too
 * @param hours how long hours are kept
 */
public record RollupSettings(
    Duration pace, Duration quiet, Duration patience, int rows, Duration minutes, Duration hours) {
  public static RollupSettings standard(Duration minutes, Duration hours) {
    return new RollupSettings(
        Duration.ofSeconds(5),
        Duration.ofSeconds(30),
        Duration.ofMinutes(10),
        10_000,
        minutes,
        hours);
  }
}
