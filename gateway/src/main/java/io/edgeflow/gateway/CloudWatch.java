package io.edgeflow.gateway;

import io.edgeflow.gateway.uplink.UplinkState;
import io.edgeflow.gateway.uplink.UplinkStatus;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * How long the cloud has not been heard of: the link is down, hello has no answer, or frames get no
 * verdict, as behind another hub that is cut off itself. One thread.
 */
final class CloudWatch {
  private final Supplier<UplinkStatus> uplink;
  private final LongSupplier nanos;
  private final long silenceNanos;
  private long heardNanos;

  /**
   * @param silence without a verdict on a frame that was sent, until the cloud counts as away
   */
  CloudWatch(Supplier<UplinkStatus> uplink, LongSupplier nanos, Duration silence) {
    this.uplink = uplink;
    this.nanos = nanos;
    this.silenceNanos = silence.toNanos();
    this.heardNanos = nanos.getAsLong();
  }

  /** 0 while it is there. */
  long awayNanos() {
    long now = nanos.getAsLong();
    UplinkStatus status = uplink.get();
    boolean answers =
        status.inFlightFrames() == 0 || now - status.acknowledgedNanos() < silenceNanos;
    if (status.state() == UplinkState.SENDING && answers) {
      heardNanos = now;
    }
    return now - heardNanos;
  }
}
