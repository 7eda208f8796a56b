package io.edgeflow.gateway.uplink;

/** Hears the cloud's clock, which may vouch for ours (T1). */
@FunctionalInterface
public interface CloudTime {
  /**
   * @param cloudMicros the cloud's clock when it answered, microseconds since the epoch
   * @param arrivedNanos when the answer arrived here, {@link System#nanoTime}
   */
  void heard(long cloudMicros, long arrivedNanos);
}
