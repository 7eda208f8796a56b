package io.edgeflow.gateway.site;

import java.util.concurrent.atomic.LongAdder;

/** Counts since the start of the process; for any thread. */
public final class RelayCounts {
  final LongAdder relayed = new LongAdder();
  final LongAdder noRoom = new LongAdder();
  final LongAdder noWay = new LongAdder();
  final LongAdder refused = new LongAdder();
  final LongAdder greetAgain = new LongAdder();

  RelayCounts() {}

  /** Frames that the broker above has taken. */
  public long relayed() {
    return relayed.sum();
  }

  /** Frames dropped because too many bytes of their member are on their way. */
  public long noRoom() {
    return noRoom.sum();
  }

  /** Frames dropped because there is no connection to the cloud, or it ended. */
  public long noWay() {
    return noWay.sum();
  }

  /** Messages of clients that are not who they say, or too many. */
  public long refused() {
    return refused.sum();
  }

  /** Members that were disconnected once so that they say hello to a cloud that is back. */
  public long greetAgain() {
    return greetAgain.sum();
  }
}
