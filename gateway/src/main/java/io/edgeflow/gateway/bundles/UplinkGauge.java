package io.edgeflow.gateway.bundles;

import io.edgeflow.gateway.uplink.UplinkState;
import io.edgeflow.gateway.uplink.UplinkStatus;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Whether the uplink is behind: the oldest live frame has waited for its verdict for 750 ms, or
 * frames that could not be sent yet wait for 2 s. Without a connection nothing is held up. Any
 * thread; to be asked often.
 */
public final class UplinkGauge implements BooleanSupplier {
  static final long LIVE_NANOS = TimeUnit.MILLISECONDS.toNanos(750);
  static final long BACKLOG_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final Supplier<UplinkStatus> uplink;
  private final LongSupplier nanos;

  private long liveFrame = UplinkStatus.NONE;
  private long liveSince;
  private boolean waiting;
  private long waitingSince;

  /**
   * @param nanos monotonic
   */
  public UplinkGauge(Supplier<UplinkStatus> uplink, LongSupplier nanos) {
    this.uplink = uplink;
    this.nanos = nanos;
  }

  @Override
  public synchronized boolean getAsBoolean() {
    long now = nanos.getAsLong();
    UplinkStatus status = uplink.get();
    if (status.state() != UplinkState.SENDING) {
      liveFrame = UplinkStatus.NONE;
      waiting = false;
      return false;
    }
    if (status.oldestLive() != liveFrame) {
      liveFrame = status.oldestLive();
      liveSince = now;
    }
    boolean waits = status.heldFrames() > status.inFlightFrames();
    if (waits != waiting) {
      waiting = waits;
      waitingSince = now;
    }
    return (liveFrame != UplinkStatus.NONE && now - liveSince >= LIVE_NANOS)
        || (waiting && now - waitingSince >= BACKLOG_NANOS);
  }
}
