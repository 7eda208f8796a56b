package io.edgeflow.gateway.rawcapture;

import java.util.List;

/**
 * The captures at one moment.
 *
 * @param demands at work, oldest first
 */
public record CaptureFigures(List<Demand> demands) {
  public CaptureFigures {
    demands = List.copyOf(demands);
  }
}
