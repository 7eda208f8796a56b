package io.edgeflow.gateway.rawcapture;

/** What became of something that somebody asked of the captures. */
public sealed interface CaptureOutcome {
  /** It is so, and on the disk. */
  record Done(Demand demand) implements CaptureOutcome {}

  /** There are this many already. */
  record Full(int most) implements CaptureOutcome {}

  /** No such capture is at work. */
  record Unknown() implements CaptureOutcome {}
}
