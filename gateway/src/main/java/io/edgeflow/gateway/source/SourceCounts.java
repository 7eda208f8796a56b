package io.edgeflow.gateway.source;

import java.util.concurrent.atomic.LongAdder;

/** What became of the messages of one source since the process started. Any thread. */
final class SourceCounts {
  final LongAdder received = new LongAdder();
  final LongAdder acknowledged = new LongAdder();
  final LongAdder dropped = new LongAdder();
  final LongAdder retained = new LongAdder();
  final LongAdder unasked = new LongAdder();
  final LongAdder failed = new LongAdder();
  final LongAdder waited = new LongAdder();
  final LongAdder connections = new LongAdder();

  SourceStatus.Counts counts() {
    return new SourceStatus.Counts(
        received.sum(),
        acknowledged.sum(),
        dropped.sum(),
        retained.sum(),
        unasked.sum(),
        failed.sum(),
        waited.sum(),
        connections.sum());
  }
}
