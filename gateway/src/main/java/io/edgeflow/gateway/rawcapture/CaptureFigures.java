package io.edgeflow.gateway.rawcapture;

import java.util.List;

/**
 * The captures at one moment.
 *
 * @param demands at work, oldest first
 * @param pending stretches around alarms that are not all sent
 * @param segmentsRead files of the journal that were looked through for stretches around alarms
 * @param refused alarms around which nothing is captured, because there were too many
 */
public record CaptureFigures(List<Demand> demands, int pending, long segmentsRead, long refused) {
  public CaptureFigures {
    demands = List.copyOf(demands);
  }
}
