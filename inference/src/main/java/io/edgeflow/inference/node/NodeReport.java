package io.edgeflow.inference.node;

import io.edgeflow.wire.document.ReportedModel;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a node is, at one moment, as {@code /api/v1/status} tells it.
 *
 * @param residentBytes memory of the process; -1 where the system does not tell
 * @param provider what does the arithmetic; empty while that is not known
 * @param providers what was tried, in order, each with the reason for which it was not taken
 * @param peers the other nodes at the gateway that are there
 * @param platform what the machine tells of its accelerators
 */
record NodeReport(
    boolean ready,
    List<String> missing,
    String node,
    String version,
    long uptimeMillis,
    long residentBytes,
    Link gateway,
    Queue queue,
    Readings readings,
    Scores scores,
    String provider,
    List<String> providers,
    List<ReportedModel> models,
    List<String> peers,
    List<Gpu> platform) {

  /**
   * @param lastError why the last connection ended; empty if none did
   */
  record Link(boolean connected, String url, long forMillis, String lastError) {}

  /**
   * @param behind whether the oldest waits longer than a second
   * @param dropped readings that no slot saw
   */
  record Queue(long depth, long ageMillis, boolean behind, long dropped) {}

  /**
   * @param rejected by reason
   */
  record Readings(long taken, Map<String, Long> rejected) {}

  /**
   * @param written acknowledged by the gateway
   * @param refused the gateway's broker does not let the node write them
   * @param waiting messages without an answer
   */
  record Scores(long written, long refused, int waiting) {}

  /** Absent is what the machine does not tell. */
  record Gpu(
      String name,
      @Nullable Long memoryUsedBytes,
      @Nullable Long memoryTotalBytes,
      @Nullable Double celsius,
      @Nullable Double watts) {}
}
