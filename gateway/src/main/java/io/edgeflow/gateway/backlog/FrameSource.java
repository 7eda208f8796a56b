package io.edgeflow.gateway.backlog;

import io.edgeflow.wire.frame.FrameId;
import java.io.IOException;

/** Where the bytes of a frame to be sealed come from. */
@FunctionalInterface
public interface FrameSource {
  /** The frame as it travels; blocks for the disk. */
  byte[] read(FrameId id) throws IOException;
}
