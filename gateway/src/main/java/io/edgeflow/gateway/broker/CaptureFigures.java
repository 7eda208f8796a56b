package io.edgeflow.gateway.broker;

import java.util.concurrent.atomic.LongAdder;

/** Counts since the start of the process; for any thread. */
public final class CaptureFigures {
  final LongAdder received = new LongAdder();
  final LongAdder notOurs = new LongAdder();
  final LongAdder qos0Dropped = new LongAdder();
  final LongAdder suspended = new LongAdder();
  final LongAdder waitedForRoom = new LongAdder();
  final LongAdder closedByDeadline = new LongAdder();
  final LongAdder closedByFailure = new LongAdder();
  final LongAdder refusedQos2 = new LongAdder();
  final LongAdder refusedTopic = new LongAdder();

  CaptureFigures() {}

  public Counts counts() {
    return new Counts(
        received.sum(),
        notOurs.sum(),
        qos0Dropped.sum(),
        suspended.sum(),
        waitedForRoom.sum(),
        closedByDeadline.sum(),
        closedByFailure.sum(),
        refusedQos2.sum(),
        refusedTopic.sum());
  }

  /**
   * @param received publishes that were handed to the recorder
   * @param notOurs publishes on topics that capture ignores
   * @param qos0Dropped publishes without acknowledgement that found no room
   * @param suspended acknowledgements that had to wait
   * @param waitedForRoom publishes that had to wait for room
   * @param closedByDeadline connections closed because nothing was settled for too long
   * @param closedByFailure connections closed because a message failed or nothing is known of it
   * @param refusedQos2 connections closed because they published at QoS 2
   * @param refusedTopic publishes on topics their sender may not use
   */
  public record Counts(
      long received,
      long notOurs,
      long qos0Dropped,
      long suspended,
      long waitedForRoom,
      long closedByDeadline,
      long closedByFailure,
      long refusedQos2,
      long refusedTopic) {}
}
