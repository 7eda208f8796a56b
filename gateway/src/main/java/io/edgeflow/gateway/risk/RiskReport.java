package io.edgeflow.gateway.risk;

import io.edgeflow.gateway.config.GatewayConfig;
import io.edgeflow.gateway.journal.JournalHealth;
import java.time.Duration;

/**
 * What a power cut can take, how long an outage may last at full resolution, and what it costs the
 * flash. All of it is arithmetic on settings and a load; nothing is looked up.
 *
 * @param promise whether acknowledgements wait for the sync
 * @param commitInterval the least time between two syncs while somebody waits
 * @param idleCommitInterval after which silence the journal writes a marker
 * @param stall after which a sync counts as stalled: then nothing is acknowledged early any more
 * @param windowLength one frame or a few for each of these
 * @param maxBytes the budget of the buffer
 * @param liveBytes of the budget that the running journal needs for itself
 */
public record RiskReport(
    boolean promise,
    Duration commitInterval,
    Duration idleCommitInterval,
    Duration stall,
    Duration windowLength,
    long maxBytes,
    long liveBytes,
    Load load) {
  /** What a sync is taken to last: SD cards need 2 to 20 ms, and some much longer. */
  static final Duration SYNC = Duration.ofMillis(5);

  /** The last page of a file is written again by each sync that makes it longer. */
  static final double PAGE_BYTES = 4_096;

  /**
   * What a journaling file system writes for each sync that makes a file longer: ext4 a descriptor,
   * an inode table block and a commit block. Measured without a file system journal: one block.
   */
  static final double METADATA_BYTES = 3 * 4_096;

  /** The journal's commit record, 26 bytes. */
  static final double COMMIT_BYTES = 26;

  /** A frame, the permission to send its block, and its verdict want a sync each. */
  static final double SYNCS_PER_FRAME = 3;

  private static final double DAY = 86_400;

  /** The segment that is written and the one before it, of which not all is sealed yet. */
  private static final int LIVE_SEGMENTS = 2;

  /** A small budget has small segments. */
  private static final int SEGMENTS_IN_BUDGET = 16;

  /**
   * @param maxBytes the budget on the volume that holds the data directory
   */
  public static RiskReport of(GatewayConfig config, long maxBytes, Load load) {
    return new RiskReport(
        config.journal().keepsPromise(),
        config.journal().commitInterval(),
        config.journal().idleCommitInterval(),
        JournalHealth.STALL,
        config.window().length(),
        maxBytes,
        LIVE_SEGMENTS
            * Math.min(config.journal().segmentBytes().bytes(), maxBytes / SEGMENTS_IN_BUDGET),
        load);
  }

  /**
   * How much time's readings a power cut can take although they were acknowledged: none while the
   * promise holds. Else a reading may wait for the begin of the next sync, {@code
   * max(commitInterval, stall)} at most, and for its end, another {@code stall}: from then on
   * nothing is acknowledged early.
   */
  public Duration lossAtMost() {
    if (promise) {
      return Duration.ZERO;
    }
    Duration begin = commitInterval.compareTo(stall) > 0 ? commitInterval : stall;
    return begin.plus(stall);
  }

  /** The same on a disk that is well: {@code commitInterval + SYNC}. */
  public Duration lossUsually() {
    return promise ? Duration.ZERO : commitInterval.plus(SYNC);
  }

  /** Acknowledged readings that a power cut can take: {@code readings x lossAtMost}. */
  public long readingsAtMost() {
    return (long) Math.ceil(load.readings() * seconds(lossAtMost()));
  }

  /**
   * Days without the cloud until windows have to get coarser: {@code (maxBytes - liveBytes) /
   * (frameBytes x 86 400)}; infinite where no frames are made.
   */
  public double outageDays() {
    return Math.max(0, maxBytes - liveBytes) / (load.frameBytes() * DAY);
  }

  /**
   * Syncs of the journal a day. Messages that come independently of each other, {@code m} a second,
   * and syncs at least {@code e = max(commitInterval, SYNC)} apart: a sync begins e after the last
   * one, or, if nothing came meanwhile, which has the probability exp(-m e), with the next message,
   * 1 / m later on average. So {@code 1 / (e + exp(-m e) / m)} a second; after each that is
   * followed by silence, exp(-m idleCommitInterval) of them, a marker; and {@link #SYNCS_PER_FRAME}
   * for each window length.
   */
  public double syncsPerDay() {
    double m = load.messages();
    if (m <= 0) {
      return 0;
    }
    double e = Math.max(seconds(commitInterval), seconds(SYNC));
    double perSecond = 1 / (e + Math.exp(-m * e) / m);
    double markers = perSecond * Math.exp(-m * seconds(idleCommitInterval));
    return DAY * (perSecond + markers + SYNCS_PER_FRAME / seconds(windowLength));
  }

  /** Records and frames, each written once: {@code (messageBytes + frameBytes) x 86 400}. */
  public double recordBytesPerDay() {
    return (load.messageBytes() + load.frameBytes()) * DAY;
  }

  /**
   * What the flash is given to write a day while the cloud is there: records and frames, and for
   * each sync {@link #COMMIT_BYTES}, {@link #PAGE_BYTES} and {@link #METADATA_BYTES}. What the
   * flash makes of that inside is its own: cards erase blocks of megabytes.
   */
  public double flashBytesPerDay() {
    return recordBytesPerDay() + syncsPerDay() * (COMMIT_BYTES + PAGE_BYTES + METADATA_BYTES);
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
