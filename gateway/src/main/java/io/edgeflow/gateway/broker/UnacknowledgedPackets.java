package io.edgeflow.gateway.broker;

import io.edgeflow.gateway.capture.Submission;
import org.jspecify.annotations.Nullable;

/**
 * The submissions behind the packet ids of one connection, owned by its event loop. Ids in flight
 * are mostly neighbours, so a table of about the window's size, addressed by the low bits, holds
 * them without collisions; a collision doubles it, up to one place for each of the 65 536 ids.
 */
final class UnacknowledgedPackets {
  private @Nullable Submission[] submissions = new @Nullable Submission[16];
  private int[] ids = new int[16];
  private int size;

  int size() {
    return size;
  }

  @Nullable Submission get(int id) {
    int place = id & (ids.length - 1);
    return ids[place] == id ? submissions[place] : null;
  }

  /**
   * A sender that uses an id again before its acknowledgement breaks the protocol: then the later
   * submission decides for both.
   */
  void put(int id, Submission submission) {
    int place = id & (ids.length - 1);
    while (submissions[place] != null && ids[place] != id) {
      grow();
      place = id & (ids.length - 1);
    }
    if (submissions[place] == null) {
      size++;
    }
    ids[place] = id;
    submissions[place] = submission;
  }

  /** Removes the id unless it stands for another submission by now. */
  void remove(int id, Submission submission) {
    int place = id & (ids.length - 1);
    if (ids[place] == id && submissions[place] == submission) {
      submissions[place] = null;
      size--;
    }
  }

  private void grow() {
    int[] oldIds = ids;
    @Nullable Submission[] old = submissions;
    ids = new int[oldIds.length * 2];
    submissions = new @Nullable Submission[ids.length];
    for (int i = 0; i < old.length; i++) {
      if (old[i] != null) {
        // Places that were different stay different with one more bit.
        int place = oldIds[i] & (ids.length - 1);
        ids[place] = oldIds[i];
        submissions[place] = old[i];
      }
    }
  }
}
