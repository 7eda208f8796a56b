package io.edgeflow.gateway.outbox;

import io.edgeflow.gateway.journal.LogPosition;

/** Where the bytes of a numbered frame lie. */
public sealed interface FramePlace {

  /** In its own record of the journal. */
  record InSegment(LogPosition position) implements FramePlace {}

  /** In a sealed file of the backlog (J8), which finds it by its name. */
  record InFile(long file) implements FramePlace {}
}
