package io.edgeflow.cloud.store;

import io.edgeflow.wire.frame.Frame;
import java.util.List;

/**
 * Shows committed frames to whoever watches. Called on the writer's thread after each commit: must
 * return at once, whatever the watchers do, and throw nothing.
 */
public interface LiveFeed {
  LiveFeed NONE = frames -> {};

  /**
   * @param frames in order of arrival; their windows may be supplements of windows shown before
   */
  void committed(List<Frame> frames);
}
