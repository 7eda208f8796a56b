package io.edgeflow.gateway.journal;

import java.io.IOException;
import org.slf4j.LoggerFactory;

/** Room that was kept for a start on a full disk (J9). */
@FunctionalInterface
public interface LastRoom {
  /** Nothing was kept. */
  LastRoom NONE = () -> false;

  /**
   * Called when something without which the journal cannot be opened was not written. The directory
   * is locked, so nobody else uses what was kept.
   *
   * @return whether there is more room than before, so that trying again is worth it
   */
  boolean giveUp();

  /** Something that must be written. An attempt that fails leaves nothing behind. */
  @FunctionalInterface
  interface Write<T> {
    T write() throws IOException;
  }

  /** Tries again with the last room, if there is one. */
  default <T> T use(Write<T> write) throws IOException {
    try {
      return write.write();
    } catch (IOException e) {
      if (!giveUp()) {
        throw e;
      }
      LoggerFactory.getLogger(LastRoom.class).warn("written with the last room: error={}", "" + e);
      return write.write();
    }
  }
}
