package io.edgeflow.gateway.backlog;

import io.edgeflow.wire.frame.Lane;
import java.util.List;

/**
 * A file of sealed frames of one lane.
 *
 * @param id is never given to another file of the directory
 * @param bytes its size on the disk
 * @param frames those that it holds, sorted by incarnation and number
 */
public record BacklogFile(long id, Lane lane, long bytes, List<SealedFrame> frames) {
  public BacklogFile {
    frames = List.copyOf(frames);
  }
}
