package io.edgeflow.cloud.query;

import java.util.ArrayList;
import java.util.List;

/**
 * What is known of an edge that may explain why something is not there. Microseconds since the
 * epoch.
 *
 * @param offlineSince when its connection ended; {@code Long.MAX_VALUE} while it is there
 */
record EdgeFacts(long offlineSince, List<Start> starts, List<Fate> fates, List<Told> told) {
  EdgeFacts(long offlineSince) {
    this(offlineSince, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
  }

  /**
   * A start of the gateway, as its hello named it.
   *
   * @param missing frames of windows that it announced and that are not here
   */
  record Start(long at, long missing) {}

  /**
   * Frames of windows that are not stored, and never will be.
   *
   * @param after the newest that was stored before them came then
   * @param recorded when that was known at last
   */
  record Fate(String fate, String reason, long frames, long after, long recorded) {}

  /**
   * An event that tells of something missing.
   *
   * @param from what it is about; when it was told, if it does not say
   */
  record Told(String type, String series, String message, long at, long from, long to) {}
}
