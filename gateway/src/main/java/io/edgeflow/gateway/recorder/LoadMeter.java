package io.edgeflow.gateway.recorder;

import java.util.concurrent.TimeUnit;

/**
 * Counts what is written for the {@link LoadHistory}: the first sample after a minute, then as long
 * as all before it together, and from then on every hour. An hour without anything leaves none: it
 * would neither wear the flash for nothing nor make a plant that rests look small. Owned by the
 * owner thread.
 */
final class LoadMeter {
  private static final long SHORTEST_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final long LONGEST_NANOS = TimeUnit.HOURS.toNanos(1);

  private final EdgeState state;
  private long sinceNanos;
  private long messages;
  private long acceptedBefore;
  private long messageBytes;
  private long frameBytes;

  LoadMeter(EdgeState state, long nowNanos) {
    this.state = state;
    begin(nowNanos);
  }

  private void begin(long nowNanos) {
    sinceNanos = nowNanos;
    messages = 0;
    acceptedBefore = state.counts.accepted;
    messageBytes = 0;
    frameBytes = 0;
  }

  void message(int bytes) {
    messages++;
    messageBytes += bytes;
  }

  void frame(int bytes) {
    frameBytes += bytes;
  }

  /** All that is known, the running stretch included. */
  LoadSample known(long nowNanos) {
    LoadSample running = running(nowNanos);
    return running.messages() == 0 ? state.load.total() : state.load.total().plus(running);
  }

  private LoadSample running(long nowNanos) {
    return new LoadSample(
        nowNanos - sinceNanos,
        messages,
        state.counts.accepted - acceptedBefore,
        messageBytes,
        frameBytes);
  }

  void tick(long nowNanos, Scribe scribe) {
    long due = Math.clamp(state.load.total().nanos(), SHORTEST_NANOS, LONGEST_NANOS);
    if (nowNanos - sinceNanos < due) {
      return;
    }
    if (messages > 0) {
      scribe.load(running(nowNanos));
    }
    begin(nowNanos);
  }
}
