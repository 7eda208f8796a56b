package io.edgeflow.cloud.store;

import io.edgeflow.wire.frame.FrameId;

/**
 * A frame that was handed on to whoever stores it.
 *
 * @param identity of its content, see {@link Arrival#identity}
 */
public record HandedFrame(String edge, FrameId id, int identity) {
  /**
   * What the committed ledger says of it.
   *
   * @param conflicting whether its content is not what was settled under its number
   */
  public record Judged(HandedFrame frame, boolean conflicting) {}
}
