package io.edgeflow.gateway.backlog;

import io.edgeflow.wire.frame.FrameId;
import java.util.List;

/**
 * What a file says that it holds, or what was found in it.
 *
 * @param file with the frames that can be read
 * @param missing frames that it held once and that are lost, as its catalogue names them
 * @param unaccounted frames that are lost and that no catalogue names any more: how many readings
 *     they held, this file cannot tell
 * @param refused whether there are bytes that the disk refuses: what is missing may come back
 */
public record Contents(
    BacklogFile file,
    Soundness soundness,
    List<SealedFrame> missing,
    List<FrameId> unaccounted,
    boolean refused) {
  public Contents {
    missing = List.copyOf(missing);
    unaccounted = List.copyOf(unaccounted);
  }
}
