package io.edgeflow.gateway.recorder;

import io.edgeflow.wire.document.Fate;
import io.edgeflow.wire.frame.FrameId;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A frame as it lies on the disk.
 *
 * @param standing what the ledger knows of it
 */
@SuppressWarnings("ArrayRecordComponent") // Handed over once; nobody compares them.
public record StoredFrame(FrameId id, Standing standing, byte[] bytes) {

  /** Is shown one frame after the other. */
  @FunctionalInterface
  public interface Visitor {
    void frame(StoredFrame frame) throws IOException;
  }

  /** What became of a frame. */
  public enum Standing {
    /** It waits for the cloud's verdict. */
    BUFFERED,
    COMMITTED,
    SUPERSEDED,
    REFUSED,
    CONFLICT,
    DROPPED,
    /** Settled so long ago that the ledger has forgotten how. */
    FORGOTTEN;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Standing of(boolean known, @Nullable Fate fate) {
      if (!known) {
        return FORGOTTEN;
      }
      return switch (fate) {
        case null -> BUFFERED;
        case COMMITTED -> COMMITTED;
        case SUPERSEDED -> SUPERSEDED;
        case REFUSED -> REFUSED;
        case CONFLICT -> CONFLICT;
        case DROPPED -> DROPPED;
      };
    }
  }
}
