package io.edgeflow.gateway.recorder;

import io.edgeflow.aggregator.window.WindowRule;
import io.edgeflow.gateway.alarms.AlarmRule;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How the owner records.
 *
 * @param edge the name of this edge
 * @param rule length and grace of windows
 * @param linger how long closed windows wait for others before they are numbered (T4)
 * @param queueCapacity messages that may wait before the owner
 * @param maxBytes of journal and backlog together; what must go to stay below it is in {@link
 *     io.edgeflow.gateway.space.SpacePolicy}
 * @param freeSpaceFloor bytes of the volume that are left to others
 * @param keepDelivered how long delivered frames and raw readings stay when there is room (J10)
 * @param coarsen whether old windows lose resolution before they are dropped
 * @param backlog where the sealed files lie
 * @param acknowledge when senders are told that their messages are safe
 * @param reserveBytes of the file that is kept so that a full disk can be survived (J9), counted in
 *     {@code maxBytes}; 0 for none
 * @param alarms what readings are held against
 */
public record RecorderSettings(
    String edge,
    WindowRule rule,
    Duration linger,
    int queueCapacity,
    long maxBytes,
    long freeSpaceFloor,
    Duration keepDelivered,
    boolean coarsen,
    Path backlog,
    Acknowledge acknowledge,
    long reserveBytes,
    List<AlarmRule> alarms) {
  /** It waits in memory, and a heap is small. */
  private static final long MOST_UNSYNCED_BYTES = 8L << 20;

  /** Of the budget: it is kept free for them. */
  private static final long UNSYNCED_PART = 32;

  /** In which a recovery writes at most twice what may be unsynced. */
  private static final long RESERVE_PARTS = 4;

  public RecorderSettings {
    alarms = List.copyOf(alarms);
  }

  /** Without a reserve, and without alarms. */
  public RecorderSettings(
      String edge,
      WindowRule rule,
      Duration linger,
      int queueCapacity,
      long maxBytes,
      long freeSpaceFloor,
      Duration keepDelivered,
      boolean coarsen,
      Path backlog,
      Acknowledge acknowledge) {
    this(
        edge,
        rule,
        linger,
        queueCapacity,
        maxBytes,
        freeSpaceFloor,
        keepDelivered,
        coarsen,
        backlog,
        acknowledge,
        0,
        List.of());
  }

  /**
   * Beyond so many bytes that wait for a sync no message is taken. A recovery may have to write
   * them again, so the reserve must cover them.
   */
  long mostUnsyncedBytes() {
    long most = Math.min(MOST_UNSYNCED_BYTES, maxBytes / UNSYNCED_PART);
    return reserveBytes == 0 ? most : Math.min(most, reserveBytes / RESERVE_PARTS);
  }
}
