package io.edgeflow.gateway.syncnode;

import io.edgeflow.process.settings.Document;
import io.edgeflow.process.settings.Documents;
import io.edgeflow.process.settings.Range;
import java.util.List;
import java.util.Optional;

/**
 * {@code state.json}: what the service did and is doing.
 *
 * @param progress of the last request; absent before the first
 * @param good the last version that proved itself: the name of its folder, a digest or {@code
 *     factory}; empty if there is none
 * @param goodVersion for people; empty if not known
 * @param failed digests that are refused until somebody forgives, the newest last
 */
public record Report(
    @Range(min = "1", max = "1") int schema,
    String program,
    Optional<Progress> progress,
    String good,
    String goodVersion,
    List<String> failed) {
  public static final String FILE = "state.json";
  public static final int SCHEMA = 1;
  public static final int MAX_BYTES = 64 << 10;
  static final int MOST_FAILED = 32;

  private static final int MAX_VALUES = 200;

  /**
   * @param digest as it was asked for; empty: the version that came with the machine
   * @param detail why, for people; empty if there is nothing to say
   * @param sinceMillis by the machine's clock
   */
  public record Progress(
      String request,
      String digest,
      String version,
      Phase phase,
      String detail,
      @Range(min = "0") long sinceMillis) {}

  public Report {
    failed = List.copyOf(failed);
  }

  /** Never throws, whatever the bytes. */
  public static Document<Report> read(byte[] json) {
    return Documents.read(Report.class, json, FILE, MAX_VALUES);
  }

  public String text() {
    return Documents.write(this);
  }
}
