package io.edgeflow.cloud.rollout;

import io.edgeflow.process.settings.ByteSize;
import io.edgeflow.process.settings.Default;
import io.edgeflow.process.settings.Range;
import java.time.Duration;
import java.util.Optional;

/**
 * What an edge may show and still count as good.
 *
 * @param latencyP99 of 100 calls 99 are shorter; absent: the bundle's own gate at the edge is all
 * @param nanRate share of the rows whose score may be no number
 * @param errorRate share of the calls that may bring no score
 * @param minRows below so many there is no judgement
 * @param memory by which the process may grow; absent: likewise
 * @param crashes how many are forgiven: a power cut looks like one
 */
public record GateSpec(
    Optional<Duration> latencyP99,
    @Default("0.01") @Range(min = "0", max = "1") double nanRate,
    @Default("0.01") @Range(min = "0", max = "1") double errorRate,
    AlarmRate alarmRate,
    @Default("100") @Range(min = "1") long minRows,
    Optional<ByteSize> memory,
    @Default("1") @Range(min = "0") int crashes) {
  /**
   * Alarms are too many when both bounds are passed: a quiet model may raise a few, and a plant in
   * trouble may raise as many as under the model before.
   *
   * @param factor over the share of rows that the model before had
   * @param most share of the rows
   */
  public record AlarmRate(
      @Default("3") @Range(min = "1") double factor,
      @Default("0.05") @Range(min = "0", max = "1") double most) {}
}
