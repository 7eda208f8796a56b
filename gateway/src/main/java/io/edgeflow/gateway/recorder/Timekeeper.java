package io.edgeflow.gateway.recorder;

import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.gateway.clock.Belief;

/** The owner's view of time. Live only: a replay never asks it (J1). Owned by the owner thread. */
interface Timekeeper {
  /** Looks at the clocks: once for each batch of messages, so that a batch shares one present. */
  void look();

  /** Monotonic time of the last look. */
  long nanos();

  /** The wall clock if it is believed, else the last vouched time and what passed since (T3). */
  long presentMicros();

  /** The present at this moment instead of the last look. Any thread. */
  long presentMicrosNow();

  /** What is thought of the clock, since the last look. */
  Belief belief();

  /** How far the wall clock was ahead of the present at the last look. */
  long wallAheadMicros();

  /**
   * What no watermark may pass (T3): the believed clock, or {@link
   * io.edgeflow.aggregator.window.Windower#NO_CLOCK}. A clock nobody believes holds nothing back.
   */
  long watermarkLimitMicros();

  /** Fills event time, source, quality and the sender's stamp by the rules T1 and T2. */
  void stamp(
      boolean stamped, long stampMicros, Quality quality, long arrivedNanos, DecidedReading into);

  /** A newly vouched time that should be persisted (T1); 0 if there is none. */
  long vouchedToPersist();

  /** The cloud told its time in answer to a hello. */
  void cloudSaid(long cloudMicros);

  ClockFigures figures();
}
