package io.edgeflow.gateway.rawcapture.http;

import io.edgeflow.gateway.rawcapture.Demand;
import io.edgeflow.process.settings.Glob;
import java.util.List;

/**
 * A capture as it is told over HTTP. Times are epoch milliseconds.
 *
 * @param series patterns of names
 * @param until when it ends, or ended at the latest
 */
public record CaptureDocument(
    String id, List<String> series, long until, long lengthMillis, String who, String why) {
  static CaptureDocument of(Demand demand) {
    return new CaptureDocument(
        demand.id(),
        demand.series().stream().map(Glob::pattern).toList(),
        demand.untilMicros() / 1000,
        demand.lengthMicros() / 1000,
        demand.who(),
        demand.why());
  }

  /**
   * All that are at work.
   *
   * @param now the gateway's time
   */
  public record Page(long now, List<CaptureDocument> captures) {}
}
