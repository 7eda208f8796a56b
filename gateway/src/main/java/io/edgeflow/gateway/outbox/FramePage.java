package io.edgeflow.gateway.outbox;

import java.util.List;

/**
 * Frames of one lane that wait for a verdict, in the order asked for.
 *
 * @param last nothing of the lane waited beyond them when the page was read
 */
public record FramePage(List<OutgoingFrame> frames, boolean last) {
  public FramePage {
    frames = List.copyOf(frames);
  }
}
