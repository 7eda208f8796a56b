package io.edgeflow.gateway.config;

import io.edgeflow.process.settings.ByteSize;
import io.edgeflow.process.settings.Check;
import io.edgeflow.process.settings.Default;
import io.edgeflow.process.settings.Durations;
import io.edgeflow.process.settings.Range;
import java.time.Duration;

/**
 * @param commitInterval least time between two syncs while an acknowledgement or a frame waits; 0
 *     syncs each batch at once
 * @param idleCommitInterval time between two syncs while nobody waits: flash wears
 * @param segmentBytes size of one journal file; files are deleted whole
 * @param acknowledge when a sender gets its acknowledgement
 */
public record JournalConfig(
    @Default("5ms") @Range(min = "0s", max = "1m") Duration commitInterval,
    @Default("1s") @Range(min = "10ms", max = "1m") Duration idleCommitInterval,
    @Default("32MiB") @Range(min = "64KiB", max = "1GiB") ByteSize segmentBytes,
    @Default("synced") Acknowledge acknowledge) {
  /**
   * An acknowledgement that waits 10 s costs its sender the connection (A1), and besides the
   * interval it waits for a sync or two on a disk that may be slow.
   */
  private static final Duration LONGEST_HELD = Duration.ofSeconds(5);

  /** When a sender gets its acknowledgement. */
  public enum Acknowledge {
    /** When its message is synced: the promise. */
    SYNCED,
    /** When its message is appended: a power cut loses what was not synced yet. */
    RECEIVED
  }

  public JournalConfig {
    new Check()
        .that(
            acknowledge == Acknowledge.RECEIVED || commitInterval.compareTo(LONGEST_HELD) <= 0,
            "commitInterval",
            "must be "
                + Durations.format(LONGEST_HELD)
                + " or less: acknowledgements wait for the sync, and a sensor that waits 10s is"
                + " disconnected; longer needs journal.acknowledge: received, which gives the"
                + " promise up")
        .orRefuse();
  }

  /** Whether nothing is acknowledged that a power cut could still take. */
  public boolean keepsPromise() {
    return acknowledge == Acknowledge.SYNCED;
  }
}
