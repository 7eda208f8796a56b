package io.edgeflow.gateway.space;

import java.util.List;

/** What is done next about space. One at a time; then everything is looked at anew. */
public sealed interface Step {
  /** Nothing. */
  record Rest() implements Step {}

  /** Nothing before the journal's next sync: verdicts must be safe before what they free goes. */
  record AwaitSync() implements Step {}

  /** Segments without unsettled frames go. */
  record DeleteSegments(List<Long> segments) implements Step {}

  /** Files without unsettled frames go. */
  record DeleteFiles(List<Long> files) implements Step {}

  /**
   * The unsettled frames of these segments move into files, one for each lane (J10).
   *
   * @param bytes that these segments take
   */
  record Seal(List<Long> segments, long bytes) implements Step {}

  /**
   * The unsettled frames of these files, of one lane, move into one new file.
   *
   * @param bytes that these files take
   */
  record Rewrite(List<Long> files, long bytes) implements Step {}

  /** Raw frames of this file are given up. */
  record DropRaw(long file) implements Step {}

  /** Windows of this file lose resolution (J7). */
  record Coarsen(long file) implements Step {}

  /** Windows of this file are given up. */
  record DropWindows(long file) implements Step {}

  /** Events of this file are given up. */
  record DropEvents(long file) implements Step {}

  /** Space is short, and there is nothing left that may go. */
  record Exhausted() implements Step {}
}
