package io.edgeflow.cloud.intake;

import io.edgeflow.wire.frame.FrameId;

/** Tells an edge that a frame cannot be judged now. */
interface LaterNotes {
  /** Any thread; returns at once. */
  void later(String edge, FrameId frame);
}
