package io.edgeflow.cloud.deploy;

import io.edgeflow.wire.document.Reported;

/** Takes what edges report, by whatever way it came. Duplicates and late ones do no harm. */
@FunctionalInterface
public interface ReportListener {
  /**
   * Any thread; never waits.
   *
   * @return false if there is no room for it now: the edge says it again before long
   */
  boolean reported(Reported document);
}
