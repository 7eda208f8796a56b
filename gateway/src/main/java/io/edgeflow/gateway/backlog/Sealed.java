package io.edgeflow.gateway.backlog;

import io.edgeflow.wire.frame.FrameId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of a {@link Backlog#seal}.
 *
 * @param file is absent, and none was written, if there was no frame to be sealed
 * @param unreadable were left out, because the source refused them or gave what is not this frame
 */
public record Sealed(@Nullable BacklogFile file, List<FrameId> unreadable) {
  public Sealed {
    unreadable = List.copyOf(unreadable);
  }
}
